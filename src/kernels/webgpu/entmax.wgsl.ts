// Entmax by rows, f32, any α ≥ 1. With β = α − 1, p = 1/β: y ∝ [w + β (x − max)]₊^p, w by thresholdSearch.ts.
// One read for the maximum, two to five for Newton's steps on the p-norm (no bisection), one read and one write; a vjp adds
// one read. α = 1 is softmax, 2 sparsemax, both handed over; 1.5, 1.25 and 1.125 square; others take a log and an exp a read.
// For α > 2 the norm is not convex and Newton is kept inside a bracket.
// Oracle: src/math/normalizers/entmax.ts. Within 2e-6 absolute for α ≤ 2 and |x| ≤ 1e4; beyond 2 a weight moves as
// the 1/β-th power of the rounding of its logit (test/kernels/entmax.browser.test.ts).
import type { ParamValues } from '../../math/normalizers/params.ts'
import { numberOf, type RowCode, type RowKernel, type RowOp, type SearchCode } from './rowOp.ts'
import type { RowText } from './rowText.ts'
import { exponentialForward, exponentialVjp } from './softmax.wgsl.ts'
import { sparsemaxForward, sparsemaxVjp } from './sparsemax.wgsl.ts'
import { searchFunctions, searchMerges, searchText, type Exponent } from './thresholdSearch.ts'

interface Curve extends Exponent {
  readonly helpers: string
  /** f32: y = share · first term, and y^{2−α} = slopeShare · second term. */
  readonly share: string
  readonly slopeShare: string
}

/**
 * p = 2^squarings, up to 8: α = 1.5, 1.25, 1.125. No exp and no log of an entry. Newton doubles the digits of w: after a
 * step of this size the error is below 1e-7 w.
 */
const squares = (squarings: number): Curve => ({
  helpers: '',
  terms: `
      var power = max(d + w, vec4f());
      var below = power;
      power *= power;
      ${'below *= power; power *= power;'.repeat(squarings - 1)}
      return Terms(power, below, vec4f());`,
  step: squarings === 1 ? '(t.x - sqrt(t.x)) / t.y' : '(t.x - exp((1.0 - uniforms.beta) * log(t.x))) / t.y',
  done: `step <= ${squarings === 1 ? '3e-4' : '1e-4'} * w`,
  share: '1.0',
  slopeShare: '1.0',
})

const p = '(1.0 / uniforms.beta)'
const quick = `(${p} <= 8.0)`

/**
 * 1 < α < 2. The sums are of powers of 1 + d/w, which do not underflow as p grows; the root is w = (Σ (1 + d/w)^p)^−β.
 * Up to p = 8 the last step may be taken unchecked. Beyond, a weight would feel w's rounding p-fold: the search goes
 * on to the last digit and y is divided by the sum that belongs to its w.
 */
const power: Curve = {
  helpers: `
    // log(1 + r), r ≤ 0; for r > −1/2 as 2 artanh(r / (2 + r)): WGSL's log has 5e-7 absolute there, times p is too much.
    fn log1p4(r: vec4f) -> vec4f {
      let s = r / (2.0 + r);
      let q = s * s;
      let series = 1.0 + q * (1.0 / 3.0 + q * (0.2 + q * (1.0 / 7.0 + q * (1.0 / 9.0 + q * (1.0 / 11.0 + q / 13.0)))));
      return select(log(1.0 + r), 2.0 * s * series, r > vec4f(-0.5));
    }`,
  terms: `
      let r = max(d / w, vec4f(-0.9999999));
      let power = select(vec4f(), exp(${p} * log1p4(r)), d + w > vec4f());
      return Terms(power, power / (1.0 + r), vec4f());`,
  step: '(t.x / t.y) * (w - exp(-uniforms.beta * log(t.x)))',
  done: `step <= select(1e-6, 1e-4, ${quick}) * w`,
  keepLast: `!${quick}`,
  share: `select(1.0 / t.x, exp(${p} * log1p4(vec4f(w - 1.0)).x), ${quick})`,
  slopeShare: `select(exp((uniforms.beta - 1.0) * log(t.x)), exp((${p} - 1.0) * log1p4(vec4f(w - 1.0)).x), ${quick})`,
}

/** α > 2, p < 1: the sum is not convex in w. Newton in a bracket; where it leaves the bracket, the middle. */
const root: Curve = {
  helpers: '',
  terms: `
      let u = d + w;
      let inside = u > vec4f();
      let power = select(vec4f(), exp(${p} * log(max(u, vec4f(1e-30)))), inside);
      return Terms(power, select(vec4f(), power / max(u, vec4f(1e-30)), inside), vec4f());`,
  bracket: {
    state: 'var low = 0.0; var high = 1.0;',
    prepare: `
        if (t.x > 1.0) { high = w; } else { low = w; }
        let newton = w - (t.x - exp((1.0 - uniforms.beta) * log(t.x))) / t.y;
        let next = select(0.5 * (low + high), newton, newton > low && newton < high);`,
  },
  step: 'w - next',
  done: 'high - low <= 1e-7 * high || abs(step) <= 1e-7 * w',
  keepLast: 'true',
  share: '1.0 / t.x',
  slopeShare: 'exp((uniforms.beta - 1.0) * log(t.x))',
}

const curves = { '2': squares(1), '4': squares(2), '8': squares(3), power, root } as const

const search = (curve: Curve, body: (row: RowText) => string): SearchCode => ({
  kind: 'search',
  functions: `${curve.helpers} ${searchFunctions(curve)}`,
  merges: searchMerges,
  body: (row) => `${searchText(row, 'uniforms.beta', curve)} ${body(row)}`,
})

const d = (x: string) => `(${x} - top) * uniforms.beta`

const forwardOf = (curve: Curve) =>
  search(
    curve,
    (row) => `
      let share = select(0.0, ${curve.share}, some);
      ${row.write((x) => `terms(${d(x)}, w).first * share`)}`,
  )

/** With s = y^{2−α} on the support, s ∘ (c − ⟨s, c⟩ / Σs). */
const vjpOf = (curve: Curve) =>
  search(
    curve,
    (row) => `
      let slopeShare = select(0.0, ${curve.slopeShare}, some);
      var slopes = vec4f();
      var pulls = vec4f();
      ${row.each(({ x, c }) =>
        x
          .map((each, k) => `let s${k} = terms(${d(each)}, w).second; slopes += s${k}; pulls += s${k} * ${c[k]};`)
          .join(' '),
      )}
      let sums = rowSum(vec4f(sum4(slopes), sum4(pulls), 0.0, 0.0));
      let mean = sums.y / sums.x;
      ${row.write((x, c) => `terms(${d(x)}, w).second * slopeShare * (${c} - mean)`)}`,
  )

const both = (curve: Curve) => ({ forward: forwardOf(curve), vjp: vjpOf(curve) })

type Variant = 'softmax' | 'sparsemax' | keyof typeof curves

function variantOf(alpha: number): Variant {
  const p = 1 / (alpha - 1)
  if (alpha === 1) return 'softmax'
  if (p === 1) return 'sparsemax'
  if (p === 2 || p === 4 || p === 8) return `${p}`
  return p > 1 ? 'power' : 'root'
}

const family = { k: '1.0' }
const codes: Readonly<Record<Variant, Readonly<Record<'forward' | 'vjp', RowCode>>>> = {
  softmax: { forward: exponentialForward(family), vjp: exponentialVjp(family) },
  sparsemax: { forward: sparsemaxForward, vjp: sparsemaxVjp },
  '2': both(curves[2]),
  '4': both(curves[4]),
  '8': both(curves[8]),
  power: both(power),
  root: both(root),
}

function kernel(params: ParamValues, direction: 'forward' | 'vjp'): RowKernel {
  const alpha = numberOf(params, 'alpha')
  const variant = variantOf(alpha)
  return { code: codes[variant][direction], variant, uniforms: { beta: alpha - 1 } }
}

export const entmaxOp: RowOp = {
  id: 'entmax',
  refuses: (params) => (numberOf(params, 'alpha') < 1 ? 'the entmax kernel takes alpha from 1 up' : null),
  forward: (params) => kernel(params, 'forward'),
  vjp: (params) => kernel(params, 'vjp'),
}
