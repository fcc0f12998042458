// Sigmoid by entries, f32: y = 1 / (1 + exp(−(x + b))), b a number or −ln n with n = kept entries of the row. A number
// needs one read and one write; −ln n one read more, to count. One exp, of nothing positive.
// Oracle: src/math/normalizers/sigmoid.ts. Within 1e-6 absolute for |x| ≤ 1e4 (test/kernels/rows.browser.test.ts).
import type { ParamValues } from '../../math/normalizers/params.ts'
import { numberOf, type RowKernel, type RowOp, type StreamCode } from './rowOp.ts'

const counted = {
  a: (x: string) => `keptOnly(${x}, vec4f(1.0))`,
  finish: 'let bias = -log(max(a, 1.0));',
}
const given = { finish: 'let bias = uniforms.bias;' }

const code = (bias: Pick<StreamCode, 'a' | 'finish'>, write: StreamCode['write']): StreamCode => ({
  kind: 'stream',
  functions: `
    fn sigmoid4(z: vec4f) -> vec4f {
      let e = exp(-abs(z));
      return select(vec4f(1.0), e, z < vec4f()) / (1.0 + e);
    }
    // y (1 − y) without the cancellation of 1 − y near 1
    fn slope4(z: vec4f) -> vec4f {
      let e = exp(-abs(z));
      return e / ((1.0 + e) * (1.0 + e));
    }`,
  shift: null,
  ...bias,
  write,
})

function kernel(params: ParamValues, write: StreamCode['write']): RowKernel {
  if (params['bias'] === '-log n') return { code: code(counted, write), variant: 'counted', uniforms: {} }
  return { code: code(given, write), variant: 'given', uniforms: { bias: numberOf(params, 'bias') } }
}

export const sigmoidOp: RowOp = {
  id: 'sigmoid',
  forward: (params) => kernel(params, (x) => `keptOnly(${x}, sigmoid4(${x} + bias))`),
  vjp: (params) => kernel(params, (x, c) => `keptOnly(${x}, slope4(${x} + bias) * ${c})`),
}
