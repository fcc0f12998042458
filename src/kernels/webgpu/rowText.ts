/**
 * The WGSL that every row kernel shares: which row, which lane, how a quad (four neighbours of a row) is loaded and
 * stored, how the lanes of a row add up what they found. An op writes only what is its own; see softmax.wgsl.ts.
 *
 * A dropped entry travels as the logit −1e20. No infinity and no NaN is ever computed with: WGSL promises nothing
 * for them. Quads that run past the end of a row read as dropped, and are not written.
 */

/** How a row is laid over threads. A workgroup has `lanes × rows` threads and works on `rows` rows at a time. */
export interface Shape {
  /** Threads that share a row. 1 needs no barrier at all. */
  readonly lanes: number
  readonly rows: number
}

/** How one dispatch takes part: alone, or as one of the two that a split row needs. */
export type Stage = 'whole' | 'totals' | 'weights'

/** Logit of a dropped entry. */
export const DROPPED = -1e20
/** Kept logits lie above this, and below its negative. */
export const KEPT_ABOVE = -9e19

/** Names of up to four quads in flight. Loads are issued together so that a device can overlap them. */
export interface Quads {
  readonly x: readonly string[]
  /** Cotangents, 0 where the row has ended. */
  readonly c: readonly string[]
  /** Index of the quad in its row, u32: its entries are 4i … 4i + 3. */
  readonly i: readonly string[]
}

type Body = (quads: Quads) => string

/** Balanced sum: rounding errors of terms added pairwise stay small. */
export function sum(terms: readonly string[]): string {
  return fold(terms, (a, b) => `(${a} + ${b})`)
}

/** Elementwise maximum of quads. */
export function highest(terms: readonly string[]): string {
  return fold(terms, (a, b) => `max(${a}, ${b})`)
}

function fold(terms: readonly string[], join: (a: string, b: string) => string): string {
  if (terms.length <= 1) return terms[0] ?? 'vec4f()'
  const half = terms.length >> 1
  return join(fold(terms.slice(0, half), join), fold(terms.slice(half), join))
}

const unroll = 4

const names = (letter: string, count: number, first = 0) =>
  Array.from({ length: count }, (_, k) => `${letter}${first + k}`)

/** True if WGSL text names this variable. */
export const reads = (text: string, name: string) => new RegExp(`\\b${name}\\b`).test(text)

/** Cotangents of a block, if its text reads them. */
const loadCotangents = (i: readonly string[], text: string) =>
  i.map((index, k) => (reads(text, `c${k}`) ? `let c${k} = loadC(${index});` : '')).join(' ')

/** Reads the row again, four quads at a time. */
function streamed(lanes: number, body: Body): string {
  const block = (count: number) => {
    const quads = { x: names('x', count), c: names('c', count), i: names('i', count) }
    const text = body(quads)
    const load = quads.i.map((i, k) => `let ${i} = q + ${k * lanes}u; let x${k} = loadX(${i});`)
    return `${load.join(' ')} ${loadCotangents(quads.i, text)} ${text}`
  }
  return `{
    var q = lane;
    for (; q + ${(unroll - 1) * lanes}u < end; q += ${unroll * lanes}u) { ${block(unroll)} }
    for (; q < end; q += ${lanes}u) { ${block(1)} }
  }`
}

/** Goes through the quads that this lane holds in registers; those past the end of the row are dropped entries. */
function fromRegisters(held: number, body: Body): string {
  const blocks: string[] = []
  for (let first = 0; first < held; first += unroll) {
    const count = Math.min(unroll, held - first)
    const quads = { x: names('x', count, first), c: names('c', count), i: names('i', count, first) }
    const text = body(quads)
    blocks.push(`{ ${loadCotangents(quads.i, text)} ${text} }`)
  }
  return blocks.join('\n')
}

/** What an op's text is written with. */
export interface RowText {
  /** Runs `body` on every quad of this lane. */
  each(body: Body): string
  /** Stores an expression for every quad of this lane; `k` is its place among those held in registers. */
  write(value: (x: string, c: string, i: string, k: number) => string): string
  /** Leaves the innermost loop when the condition holds for every row of the workgroup. */
  until(condition: string): string
}

/** @param held  quads that each lane keeps in registers, the whole row among them; 0: the row is read again each time */
export function rowText({ lanes, rows }: Shape, held: number): RowText {
  const leave = {
    single: (condition: string) => `if (${condition}) { break; }`,
    // A barrier may follow only what all threads do alike: they agree through workgroup memory.
    shared: (condition: string) => `
      if (lane == 0u) { rowDone[rowInGroup] = select(0u, 1u, ${condition}); }
      workgroupBarrier();
      if (localIndex == 0u) {
        var all = 1u;
        for (var r = 0u; r < ${rows}u; r++) { all = min(all, rowDone[r]); }
        allDone = all;
      }
      if (workgroupUniformLoad(&allDone) == 1u) { break; }`,
  }
  return {
    each: (body) => (held > 0 ? fromRegisters(held, body) : streamed(lanes, body)),
    write: (value) =>
      held > 0
        ? names('x', held)
            .map((x, k) => {
              const text = value(x, `c${k}`, `i${k}`, k)
              return `if (i${k} < end) { ${reads(text, `c${k}`) ? `let c${k} = loadC(i${k});` : ''} store(i${k}, ${text}); }`
            })
            .join('\n')
        : streamed(lanes, ({ x, c, i }) =>
            x.map((each, k) => `store(${i[k]}, ${value(each, c[k]!, i[k]!, k)});`).join(' '),
          ),
    until: lanes === 1 ? leave.single : leave.shared,
  }
}

/** Set-up of a row: `row`, `lane`, the quads from `lane` to `end`. A row past the last has none, and so writes none. */
export function rowSetup({ lanes, rows }: Shape, stage: Stage, vec4: boolean, held: number): string {
  const group = 'workgroupId.x + workgroupId.y * numWorkgroups.x'
  return `
    let rowInGroup = localIndex / ${lanes}u;
    cols = u32(uniforms.xShape.y);
    let quads = (cols + 3u) / 4u;
    ${
      stage === 'whole'
        ? `let row = (${group}) * ${rows}u + rowInGroup;
           let lane = localIndex % ${lanes}u;
           let end = select(0u, quads, row < u32(uniforms.xShape.x));`
        : `let segments = u32(uniforms.segments);
           let segment = ${group};
           let row = segment / segments;
           let length = (quads + segments - 1u) / segments;
           let lane = (segment % segments) * length + localIndex;
           let end = select(0u, min(quads, (segment % segments + 1u) * length), row < u32(uniforms.xShape.x));`
    }
    start = row * ${vec4 ? 'quads' : 'cols'};
    ${names('x', held)
      .map((x, k) => `let i${k} = lane + ${k * lanes}u; let ${x} = select(vec4f(DROPPED), loadX(i${k}), i${k} < end);`)
      .join('\n    ')}`
}

/** Loads and stores. Without `vec4` the row length is no multiple of four and a quad is four single entries. */
export function rowMemory(vec4: boolean, inputs: readonly string[], writes: boolean): string {
  const load = (name: string) => {
    if (vec4) return `fn load${name}(i: u32) -> vec4f { return ${name}[start + i]; }`
    const absent = name === 'X' ? 'DROPPED' : '0.0'
    // A read past the end lands in the next row, or is clamped by WebGPU; it is replaced either way.
    return `fn load${name}(i: u32) -> vec4f {
      let at = start + i * 4u;
      let v = vec4f(${name}[at], ${name}[at + 1u], ${name}[at + 2u], ${name}[at + 3u]);
      return select(vec4f(${absent}), v, vec4u(0u, 1u, 2u, 3u) < vec4u(cols - i * 4u));
    }`
  }
  const store = vec4
    ? 'fn store(i: u32, y: vec4f) { result[start + i] = y; }'
    : `fn store(i: u32, y: vec4f) {
      let at = start + i * 4u;
      let left = cols - i * 4u;
      result[at] = y.x;
      if (left > 1u) { result[at + 1u] = y.y; }
      if (left > 2u) { result[at + 2u] = y.z; }
      if (left > 3u) { result[at + 3u] = y.w; }
    }`
  return `
    const DROPPED: f32 = ${DROPPED.toExponential()};
    const KEPT_ABOVE: f32 = ${KEPT_ABOVE.toExponential()};
    var<private> start: u32;
    var<private> cols: u32;
    fn max4(v: vec4f) -> f32 { let pair = max(v.xy, v.zw); return max(pair.x, pair.y); }
    fn sum4(v: vec4f) -> f32 { return (v.x + v.y) + (v.z + v.w); }
    fn kept(x: vec4f) -> vec4<bool> { return x > vec4f(KEPT_ABOVE); }
    fn keptOnly(x: vec4f, y: vec4f) -> vec4f { return select(vec4f(), y, kept(x)); }
    ${inputs.map(load).join('\n')}
    ${writes ? store : ''}`
}
