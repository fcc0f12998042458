import type { StreamCode } from './rowOp.ts'
import { highest, reads, rowText, sum, type RowText, type Shape, type Stage } from './rowText.ts'

/** Furthest that the running maximum may lag behind the true one, in units of 1/k: exp stays small and exact. */
const slack = 4

/** Body of a stream op's kernel: totals of the row, what follows from them, the weights. */
export function streamText(code: StreamCode, shape: Shape, stage: Stage, held: number): string {
  const row = rowText(shape, held)
  const head = `
      ${code.setup ?? ''}
      ${code.before?.(row) ?? ''}
      ${code.shift ? `rate = ${code.shift.k};` : ''}
      var m = DROPPED;`
  const own = held > 0 ? heldTotals(code, shape, held) : streamedTotals(code, row)
  if (stage === 'totals')
    return `${head}
      ${own}
      if (localIndex == 0u && row < u32(uniforms.xShape.x)) { result[segment] = all; }`
  const again = (x: string, c: string) => code.a?.(x, c) ?? ''
  return `${head}
      ${stage === 'weights' ? segmentTotals : own}
      m = all.x;
      let a = all.y;
      let b = all.z;
      ${code.finish ?? ''}
      ${row.write((x, c, _, k) => code.write(x, c, held > 0 ? `(a${k} * back)` : again(x, c)))}`
}

/** Joins the totals (m, a, b) of two pieces of a row: their sums are brought to the larger maximum first. */
export function joinText({ shift }: StreamCode): string {
  if (shift === null) return 'a + b'
  const scales = (side: string) => {
    const factor = `exp((${side}.x - max(a.x, b.x)) * rate)`
    return shift.scaled === 'a' ? `${side}.yz * vec2f(${factor}, 1.0)` : `${side}.yz * ${factor}`
  }
  return `vec4f(max(a.x, b.x), ${scales('a')} + ${scales('b')}, 0.0)`
}

/** Adds up this workgroup's share of the row and leaves (m, a, b) in `all`, the same in every lane. */
function streamedTotals({ shift, a, b }: StreamCode, row: RowText): string {
  if (!a) return 'let all = vec4f();'
  const raise = (x: readonly string[]) => `
        let top = max4(${highest(x.map((each) => shift?.logit?.(each) ?? each))});
        if (top > m + ${slack}.0 / max(rate, 1e-18)) {
          let fall = exp((m - top) * rate);
          sumA *= fall;
          ${shift?.scaled === 'a and b' ? 'sumB *= fall;' : ''}
          m = top;
        }`
  return `
      var sumA = vec4f();
      var sumB = vec4f();
      ${row.each(({ x, c }) => {
        const terms = x.map((each, k) => `let a${k} = ${a(each, c[k]!)};`).join(' ')
        return `${shift ? raise(x) : ''} ${terms} ${addTerms(x, c, b, 'sumA +=', 'sumB +=')}`
      })}
      let all = rowTotals(vec4f(m, sum4(sumA), sum4(sumB), 0.0));`
}

/**
 * The same from registers, where the maximum is known before anything is added: no rescaling, and the terms `a0`, `a1` …
 * stay for the weights, up to the factor `back` by which this lane's maximum lay below the row's. One exp an entry.
 */
function heldTotals({ shift, a, b }: StreamCode, { lanes }: Shape, held: number): string {
  if (!a) return 'let all = vec4f();'
  const at = (letter: string) => Array.from({ length: held }, (_, k) => `${letter}${k}`)
  const [x, c, i] = [at('x'), at('c'), at('i')]
  const terms = x.map((each, k) => `let a${k} = ${a(each, c[k]!)};`).join(' ')
  const sums = addTerms(x, c, b, 'let sumA =', 'let sumB =')
  const loads = c.map((each, k) => (reads(terms + sums, each) ? `let ${each} = loadC(${i[k]});` : '')).join(' ')
  return `
      ${shift ? `m = max4(${highest(x.map((each) => shift.logit?.(each) ?? each))});` : ''}
      ${loads}
      ${terms}
      ${sums}
      let all = rowTotals(vec4f(m, sum4(sumA), sum4(sumB), 0.0));
      let back = ${shift && lanes > 1 ? 'exp((m - all.x) * rate)' : '1.0'};`
}

function addTerms(
  x: readonly string[],
  c: readonly string[],
  b: StreamCode['b'],
  intoA: string,
  intoB: string,
): string {
  const a = x.map((_, k) => `a${k}`)
  const second = b ? sum(x.map((each, k) => b(each, c[k]!, a[k]!))) : 'vec4f()'
  return `${intoA} ${sum(a)}; ${intoB} ${second};`
}

const segmentTotals = `
      var all = Totals[row * segments];
      for (var s = 1u; s < segments; s++) { all = rowTotalsPair(all, Totals[row * segments + s]); }`
