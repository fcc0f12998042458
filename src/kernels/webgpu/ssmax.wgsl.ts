// Scalable softmax by rows, f32: softmax(κ x), κ = s ln n + b, n = kept entries. One read to count, then as softmax: three
// reads and one write, one exp. A negative κ turns the order round: the logits are turned with it, so that the shift
// is still by the largest.
// Oracle: src/math/normalizers/ssmax.ts. Within 2e-6 absolute for |x| ≤ 1e4 (test/kernels/rows.browser.test.ts).
import type { ParamValues } from '../../math/normalizers/params.ts'
import { numberOf, type RowOp, type StreamCode } from './rowOp.ts'
import type { RowText } from './rowText.ts'

const turned = (x: string) => `select(vec4f(DROPPED), ${x} * turn, kept(${x}))`
// κ is 0 for a row of one: exp(κ x) is then 1 for dropped entries too, unless they are left out.
const weight = (x: string) => `keptOnly(${x}, exp((${x} * turn - m) * rate))`

const shared = {
  kind: 'stream',
  before: (row: RowText) => `
      var counts = vec4f();
      ${row.each(({ x }) => x.map((each) => `counts += keptOnly(${each}, vec4f(1.0));`).join(' '))}
      let n = rowSum(vec4f(sum4(counts))).x;
      let kappa = uniforms.s * log(max(n, 1.0)) + uniforms.b;
      let turn = select(1.0, -1.0, kappa < 0.0);`,
  a: weight,
} as const satisfies Partial<StreamCode>

const share = 'let share = select(0.0, 1.0 / a, n > 0.0);'

const forward: StreamCode = {
  ...shared,
  shift: { k: 'abs(kappa)', scaled: 'a', logit: turned },
  finish: share,
  write: (_x, _c, a) => `${a} * share`,
}

const vjp: StreamCode = {
  ...shared,
  shift: { k: 'abs(kappa)', scaled: 'a and b', logit: turned },
  b: (_x, c, a) => `${c} * ${a}`,
  finish: `${share} let mean = b * share;`,
  write: (_x, c, a) => `${a} * share * kappa * (${c} - mean)`,
}

const uniforms = (params: ParamValues) => ({ s: numberOf(params, 's'), b: numberOf(params, 'b') })

export const ssmaxOp: RowOp = {
  id: 'ssmax',
  forward: (params) => ({ code: forward, uniforms: uniforms(params) }),
  vjp: (params) => ({ code: vjp, uniforms: uniforms(params) }),
}
