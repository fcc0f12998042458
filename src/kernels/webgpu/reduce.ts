import type { Shape } from './rowText.ts'

/** Up to this many lanes, each lane reads all the others; more go in two steps. */
const direct = 16

/**
 * Functions `rowX(mine: vec4f) -> vec4f` that bring a row's lanes together: every lane gets the same total, added in
 * the same order, so that all of them decide alike afterwards. Two halves of memory take turns, so that no lane
 * writes into what a slower one still reads: one barrier a step.
 * @param merges  name of the function → WGSL expression in `a` and `b`
 */
export function rowReductions({ lanes, rows }: Shape, merges: Readonly<Record<string, string>>): string {
  const threads = lanes * rows
  const functions = Object.entries(merges).map(
    ([name, expression]) => `
    fn ${name}Pair(a: vec4f, b: vec4f) -> vec4f { return ${expression}; }
    fn ${name}(mine: vec4f) -> vec4f {${lanes === 1 ? ' return mine; ' : lanes <= direct ? oneStep(name) : twoSteps(name)}}`,
  )
  if (lanes === 1) return functions.join('\n')
  return `
    const LANES = ${lanes}u;
    const THREADS = ${threads}u;
    var<workgroup> partial: array<vec4f, ${2 * threads}>;
    ${lanes > direct ? `const GROUPS = ${lanes / direct}u; var<workgroup> grouped: array<vec4f, ${(2 * threads) / direct}>;` : ''}
    var<workgroup> rowDone: array<u32, ${rows}>;
    var<workgroup> allDone: u32;
    var<private> turn: u32;
    ${functions.join('\n')}`
}

const oneStep = (name: string) => `
      turn = 1u - turn;
      partial[turn * THREADS + localIndex] = mine;
      workgroupBarrier();
      let base = turn * THREADS + (localIndex / LANES) * LANES;
      var all = partial[base];
      for (var i = 1u; i < LANES; i++) { all = ${name}Pair(all, partial[base + i]); }
      return all;
    `

const twoSteps = (name: string) => `
      turn = 1u - turn;
      partial[turn * THREADS + localIndex] = mine;
      workgroupBarrier();
      let rowInGroup = localIndex / LANES;
      let lane = localIndex % LANES;
      let base = (turn * THREADS / LANES + rowInGroup) * GROUPS;
      if (lane < GROUPS) {
        let first = turn * THREADS + rowInGroup * LANES + lane * ${direct}u;
        var part = partial[first];
        for (var i = 1u; i < ${direct}u; i++) { part = ${name}Pair(part, partial[first + i]); }
        grouped[base + lane] = part;
      }
      workgroupBarrier();
      var all = grouped[base];
      for (var i = 1u; i < GROUPS; i++) { all = ${name}Pair(all, grouped[base + i]); }
      return all;
    `
