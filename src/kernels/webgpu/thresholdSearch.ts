/**
 * The search that sparsemax and entmax share. With β = α − 1, p = 1/β and d = β (x − max) ≤ 0, the weights are
 * [w + d]₊^p, where w in (0, 1] makes them sum to 1. Newton's method on the p-norm ‖[w + d]₊‖_p − 1, started above the
 * root, falls to it without a bracket for α ≤ 2: the norm is convex there.
 *
 * The read that finds the maximum keeps the maxima of sixteen parts a lane besides. The root for a few entries is an
 * upper bound of the root for all, and these few, in registers, give one so near that two or three reads remain.
 */
import type { RowText } from './rowText.ts'

/** One exponent's part of the search, WGSL. */
export interface Exponent {
  /** Body of `terms(d: vec4f, w: f32) -> Terms`: the three quads, each a function of w + d. */
  readonly terms: string
  /** f32: how far w is to fall. Sees w and `t`, the sums of the first two quads over the row and the least of the third. */
  readonly step: string
  /** bool, sees `step`: w − step is the root to float32. */
  readonly done: string
  /** bool: leave the last step out, for the sums at w are wanted. False if absent. */
  readonly keepLast?: string
  /** A search that is not convex: `state` declares its bracket, `prepare` moves it before each step. It starts at w = 1. */
  readonly bracket?: { readonly state: string; readonly prepare: string }
}

/** Bound on Newton's steps on the row; about three are taken, seven in the worst law tried. */
const limit = 60
const startSteps = 4

const highs = ['high0', 'high1', 'high2', 'high3']

/** WGSL functions that the search calls. */
export const searchFunctions = ({ terms }: Exponent): string => `
    struct Terms { first: vec4f, second: vec4f, third: vec4f }
    fn terms(d: vec4f, w: f32) -> Terms { ${terms} }`

/** Joins the sums of two parts of a row. */
export const searchMerges = { rowSearch: 'vec4f(a.xy + b.xy, min(a.z, b.z), 0.0)' }

/** Adds up the terms of some quads of distances d. */
const added = (distances: readonly string[]) => `
        var first = vec4f();
        var second = vec4f();
        var third = vec4f(1e9);
        ${distances.join(' ')}`
const addTerms = (x: string, beta: string) => `{
          let at = terms((${x} - top) * ${beta}, w);
          first += at.first;
          second += at.second;
          third = min(third, at.third);
        }`
const joined = 'rowSearch(vec4f(sum4(first), sum4(second), -max4(-third), 0.0))'

/** Newton on the few largest: every lane's, together. */
const startText = (beta: string, step: string) => `
      for (var i = 0u; i < ${startSteps}u; i++) {
        ${added(highs.map((high) => addTerms(high, beta)))}
        let t = ${joined};
        w -= max(${step}, 0.0);
      }`

/**
 * Leaves `top`, `some` (the row has kept entries), `w`, and `t`, the sums at the last w that was tried.
 * @param beta  β, WGSL
 */
export function searchText(row: RowText, beta: string, exponent: Exponent): string {
  const { step, done, keepLast = 'false', bracket } = exponent
  return `
      ${highs.map((high) => `var ${high} = vec4f(DROPPED);`).join(' ')}
      ${row.each(({ x }) => x.map((each, k) => `${highs[k]} = max(${highs[k]}, ${each});`).join(' '))}
      let top = rowMax(vec4f(max4(max(max(high0, high1), max(high2, high3))))).x;
      let some = top > KEPT_ABOVE;
      var w = 1.0;
      ${bracket ? bracket.state : startText(beta, step)}
      var t = vec4f();
      for (var i = 0u; i < ${limit}u; i++) {
        ${added([row.each(({ x }) => x.map((each) => addTerms(each, beta)).join(' '))])}
        t = ${joined};
        ${bracket?.prepare ?? ''}
        let step = ${step};
        let finished = ${done};
        w -= select(step, 0.0, finished && ${keepLast});
        ${row.until('finished')}
      }`
}
