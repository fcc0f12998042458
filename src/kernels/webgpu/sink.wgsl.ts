// Softmax with a sink, and softmax off by n, by rows, f32: y = exp(x) / (e^s + Σ exp(x)), n = e^s. As softmax, with one
// term more in the denominator, e^(s − m) in units of e^m. Its exponent is cut at 80: beyond it every weight is below
// 1e-34. Two reads and one write, one exp.
// Oracles: src/math/normalizers/{sink,softmaxN}.ts. Within 2e-6 absolute for |x| ≤ 1e4 (test/kernels/rows.browser.test.ts).
import type { ParamValues } from '../../math/normalizers/params.ts'
import { numberOf, type RowOp } from './rowOp.ts'
import { exponentialForward, exponentialVjp } from './softmax.wgsl.ts'
import { DROPPED } from './rowText.ts'

const family = { k: '1.0', extra: 'exp(clamp(uniforms.sink - m, -100.0, 80.0))' }

/** Of the logit of the sink. */
const ops = (sinkOf: (params: ParamValues) => number): Pick<RowOp, 'forward' | 'vjp'> => ({
  forward: (params) => ({ code: exponentialForward(family), uniforms: { sink: sinkOf(params) } }),
  vjp: (params) => ({ code: exponentialVjp(family), uniforms: { sink: sinkOf(params) } }),
})

export const sinkOp: RowOp = { id: 'sink', ...ops((params) => numberOf(params, 'sink')) }

// ln 0 = −∞ is not sent; the lowest logit there is does the same.
export const softmaxNOp: RowOp = {
  id: 'softmax-n',
  ...ops((params) => Math.max(Math.log(numberOf(params, 'n')), DROPPED)),
}
