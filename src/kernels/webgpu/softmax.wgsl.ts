// Softmax by rows, f32: y = exp((x − max) / T) / Σ. Two reads and one write of the row, one exp a read.
// The first pass follows the maximum as it adds: rescaling happens only when the maximum rises by more than 4 T.
// Oracle: src/math/normalizers/softmax.ts. Within 2e-6 absolute for |x| ≤ 1e4 (test/kernels/rows.browser.test.ts).
// Shared with softmax-n, sink, ssmax and top-k, which differ in what else is in the denominator and what is kept.
import type { ParamValues } from '../../math/normalizers/params.ts'
import { numberOf, type RowOp, type StreamCode } from './rowOp.ts'

/** WGSL of exp(k (x − m)); a dropped entry gives exp of less than −1e19, which is 0. */
export const exponential = (x: string) => `exp((${x} - m) * rate)`

interface Family {
  /** WGSL of k, what multiplies the logits. */
  readonly k: string
  /** WGSL added to the denominator, in units of exp(k m). */
  readonly extra?: string
}

/** y = exp(k x) / (Σ exp(k x) + extra). A row with nothing kept is all zeros. */
export function exponentialForward({ k, extra = '0.0' }: Family): StreamCode {
  return {
    kind: 'stream',
    shift: { k, scaled: 'a' },
    a: exponential,
    finish: `let share = select(0.0, 1.0 / (a + ${extra}), m > KEPT_ABOVE);`,
    write: (_x, _c, a) => `${a} * share`,
  }
}

/** Jᵀc = k y ∘ (c − ⟨c, y⟩). */
export function exponentialVjp({ k, extra = '0.0' }: Family): StreamCode {
  return {
    kind: 'stream',
    shift: { k, scaled: 'a and b' },
    a: exponential,
    b: (_x, c, a) => `${c} * ${a}`,
    finish: `
      let share = select(0.0, 1.0 / (a + ${extra}), m > KEPT_ABOVE);
      let mean = b * share;`,
    write: (_x, c, a) => `${a} * share * rate * (${c} - mean)`,
  }
}

const family: Family = { k: 'uniforms.k' }
const uniforms = (params: ParamValues) => ({ k: 1 / numberOf(params, 'T') })

export const softmaxOp: RowOp = {
  id: 'softmax',
  forward: (params) => ({ code: exponentialForward(family), uniforms: uniforms(params) }),
  vjp: (params) => ({ code: exponentialVjp(family), uniforms: uniforms(params) }),
}
