// Sparsemax by rows, f32: y = [x − τ]₊, Σ y = 1. One read for the maximum, one for each of Newton's steps on
// Σ [w + x − max]₊ = 1 (exact after finitely many: about three; up to thirteen on nearly equal logits), one read and
// one write. No exp, no sort. A step is the last when the least entry above the threshold is farther from it.
// Oracle: src/math/normalizers/sparsemax.ts. Within 1e-6 absolute for |x| ≤ 1e4 (test/kernels/rows.browser.test.ts).
import type { RowOp, SearchCode } from './rowOp.ts'
import type { RowText } from './rowText.ts'
import { searchFunctions, searchMerges, searchText, type Exponent } from './thresholdSearch.ts'

const line: Exponent = {
  terms: `
      let u = d + w;
      let inside = u > vec4f();
      return Terms(max(u, vec4f()), select(vec4f(), vec4f(1.0), inside), select(vec4f(1e9), u, inside));`,
  step: '(t.x - 1.0) / t.y',
  // 1e-7 w is the rounding of w + d: a smaller step changes nothing.
  done: 'step < t.z || step <= 1e-7 * w',
}

const above = (x: string) => `max(${x} - top + w, vec4f())`
const inside = (x: string) => `(${x} - top + w > vec4f())`

const code = (body: (row: RowText) => string): SearchCode => ({
  kind: 'search',
  functions: searchFunctions(line),
  merges: searchMerges,
  body: (row) => `${searchText(row, '1.0', line)} ${body(row)}`,
})

/** Also entmax with α = 2. */
export const sparsemaxForward = code((row) => row.write((x) => `select(vec4f(), ${above(x)}, some)`))

/** On the support c − mean of c there; 0 elsewhere. */
export const sparsemaxVjp = code(
  (row) => `
      var count = vec4f();
      var pulls = vec4f();
      ${row.each(({ x, c }) =>
        x
          .map(
            (each, k) =>
              `count += select(vec4f(), vec4f(1.0), ${inside(each)}); pulls += select(vec4f(), ${c[k]}, ${inside(each)});`,
          )
          .join(' '),
      )}
      let sums = rowSum(vec4f(sum4(count), sum4(pulls), 0.0, 0.0));
      let mean = sums.y / max(sums.x, 1.0);
      ${row.write((x, c) => `select(vec4f(), ${c} - mean, ${inside(x)} & vec4<bool>(some))`)}`,
)

export const sparsemaxOp: RowOp = {
  id: 'sparsemax',
  forward: () => ({ code: sparsemaxForward, uniforms: {} }),
  vjp: () => ({ code: sparsemaxVjp, uniforms: {} }),
}
