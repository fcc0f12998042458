// Softpick by rows, f32: y = [eˣ − 1]₊ / (Σ |eˣ − 1| + ε e^max), all in units of e^max(max, 0). One read for the maximum,
// one for the sums, one to write; near 0 eˣ − 1 is a polynomial, for the difference would lose its digits.
// The derivative counts the ε term, which follows the first of the largest logits.
// Oracle: src/math/normalizers/softpick.ts. Within 2e-6 absolute for |x| ≤ 1e4 (test/kernels/rows.browser.test.ts).
import { numberOf, type RowOp, type SearchCode } from './rowOp.ts'
import { sum, type RowText } from './rowText.ts'

const functions = `
    // Taylor to x⁷/7!: the rest is below 1e-8 of it for |x| < 0.35.
    fn expm1Near0(x: vec4f) -> vec4f {
      return x * (1.0 + x / 2.0 * (1.0 + x / 3.0 * (1.0 + x / 4.0 * (1.0 + x / 5.0 * (1.0 + x / 6.0 * (1.0 + x / 7.0))))));
    }
    // (eˣ − 1) e^−shift
    fn lift(x: vec4f, shift: f32) -> vec4f {
      let unit = exp(-shift);
      let y = select(exp(x - shift) - unit, expm1Near0(clamp(x, vec4f(-1.0), vec4f(1.0))) * unit, abs(x) < vec4f(0.35));
      return keptOnly(x, y);
    }`

const start = (row: RowText) => `
      var high = vec4f(DROPPED);
      ${row.each(({ x }) => x.map((each) => `high = max(high, ${each});`).join(' '))}
      let top = rowMax(vec4f(max4(high))).x;
      let shift = max(top, 0.0);
      let pad = uniforms.eps * exp(max(top - shift, -100.0));`

const share = `
      let total = sums.x + pad;
      let share = select(0.0, 1.0 / total, total > 0.0 && top > KEPT_ABOVE);`

const forward: SearchCode = {
  kind: 'search',
  functions,
  body: (row) => `
      ${start(row)}
      var sizes = vec4f();
      ${row.each(({ x }) => `sizes += ${sum(x.map((each) => `abs(lift(${each}, shift))`))};`)}
      let sums = rowSum(vec4f(sum4(sizes), 0.0, 0.0, 0.0));
      ${share}
      ${row.write((x) => `max(lift(${x}, shift), vec4f()) * share`)}`,
}

const vjp: SearchCode = {
  kind: 'search',
  functions,
  merges: { rowSumsAndFirst: 'vec4f(a.xy + b.xy, min(a.z, b.z), 0.0)' },
  body: (row) => `
      ${start(row)}
      var sizes = vec4f();
      var pulls = vec4f();
      var first = vec4f(1e9);
      ${row.each(({ x, c, i }) =>
        x
          .map(
            (each, k) => `
        let l${k} = lift(${each}, shift);
        sizes += abs(l${k});
        pulls += ${c[k]} * max(l${k}, vec4f());
        first = min(first, select(vec4f(1e9), f32(${i[k]}) * 4.0 + vec4f(0.0, 1.0, 2.0, 3.0), ${each} == vec4f(top)));`,
          )
          .join(''),
      )}
      let sums = rowSumsAndFirst(vec4f(sum4(sizes), sum4(pulls), -max4(-first), 0.0));
      ${share}
      let mean = sums.y * share;
      ${row.write(
        (x, c, i) => `keptOnly(${x},
          exp(min(${x} - shift, vec4f())) * share * (select(vec4f(), ${c}, ${x} > vec4f()) - sign(${x}) * mean)
          - select(vec4f(), vec4f(pad * share * mean), f32(${i}) * 4.0 + vec4f(0.0, 1.0, 2.0, 3.0) == vec4f(sums.z)))`,
      )}`,
}

export const softpickOp: RowOp = {
  id: 'softpick',
  forward: (params) => ({ code: forward, uniforms: { eps: numberOf(params, 'eps') } }),
  vjp: (params) => ({ code: vjp, uniforms: { eps: numberOf(params, 'eps') } }),
}
