// f(x) / (Σ f(x) + ε) by rows, f32, with f = max(x, 0), its square, or (x + c)². Two reads and one write, no exp and no
// shift: sums of squares leave float32 beyond |x| = 1e15. A row whose denominator is 0 is all zeros.
// Oracle: src/math/normalizers/reluNorm.ts. Within 2e-6 absolute for |x| ≤ 1e4 (test/kernels/rows.browser.test.ts).
import type { ParamValues } from '../../math/normalizers/params.ts'
import { numberOf, type RowKernel, type RowOp, type StreamCode } from './rowOp.ts'

/** WGSL of f and its slope, by the name that the parameter f takes. */
const functions: Readonly<Record<string, { readonly f: string; readonly slope: string }>> = {
  relu: { f: 'max(x, vec4f())', slope: 'select(vec4f(), vec4f(1.0), x > vec4f())' },
  relu2: { f: 'max(x, vec4f()) * max(x, vec4f())', slope: '2.0 * max(x, vec4f())' },
  quad: { f: '(x + uniforms.c) * (x + uniforms.c)', slope: '2.0 * (x + uniforms.c)' },
}

function kernel(params: ParamValues, rest: Pick<StreamCode, 'write'> & Partial<StreamCode>): RowKernel {
  const variant = String(params['f'])
  const chosen = functions[variant]
  if (!chosen) throw new TypeError(`kernel: f is ${variant}; it must be one of ${Object.keys(functions).join(', ')}`)
  const code: StreamCode = {
    kind: 'stream',
    functions: `
    fn f(x: vec4f) -> vec4f { return keptOnly(x, ${chosen.f}); }
    fn slope(x: vec4f) -> vec4f { return keptOnly(x, ${chosen.slope}); }`,
    shift: null,
    a: (x) => `f(${x})`,
    ...rest,
  }
  return { code, variant, uniforms: { eps: numberOf(params, 'eps'), c: numberOf(params, 'c') } }
}

const share = 'let total = a + uniforms.eps; let share = select(0.0, 1.0 / total, total > 0.0);'

export const reluNormOp: RowOp = {
  id: 'relu-norm',
  forward: (params) => kernel(params, { finish: share, write: (_x, _c, a) => `${a} * share` }),
  vjp: (params) =>
    kernel(params, {
      b: (_x, c, a) => `${a} * ${c}`,
      finish: `${share} let mean = b * share;`,
      write: (x, c) => `slope(${x}) * share * (${c} - mean)`,
    }),
}
