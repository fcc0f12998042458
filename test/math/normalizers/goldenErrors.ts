import type { Normalizer } from '../../../src/math/normalizers/contract.ts'
import { type ParamValues, resolveParams } from '../../../src/math/normalizers/params.ts'
import type { GoldenFile } from './goldenFiles.ts'
import { type Golden, type GoldenCase, type Probe, rowOf } from './readGolden.ts'

/** One comparison: `error` is |got − want| over max(1, max |want|) of the array, the files' own rule. */
export interface GoldenError {
  readonly case: string
  /** `y`, `vjp`, `jacobian`, `loss`, `loss_grad`, `vjp_alpha`, `tau`, `support_size`. */
  readonly quantity: string
  readonly error: number
  readonly tolerance: number
}

type Row = ArrayLike<number>
type Mask = readonly boolean[] | undefined

/** Largest error of a row against a stored row, on the scale max(1, max |want|); NaN agrees with NaN alone. */
export function rowError(got: Row, want: readonly number[]): number {
  if (got.length !== want.length) return Infinity
  let scale = 1
  let worst = 0
  for (const value of want) scale = Math.max(scale, Math.abs(value))
  for (const [i, value] of want.entries()) {
    const gap = Object.is(got[i], value) ? 0 : Math.abs(got[i]! - value)
    worst = Math.max(worst, Number.isNaN(gap) ? Infinity : gap)
  }
  return worst / scale
}

/** As {@link rowError}, for what is stored of a long row. */
export function probeError(got: Row, want: Probe): number {
  const all = Array.from(got)
  const nonzero = all.filter((value) => value !== 0).length
  if (all.length !== want.n || nonzero !== want.nnz) return Infinity
  return Math.max(
    rowError(
      want.idx.map((i) => all[i]!),
      want.val,
    ),
    rowError([exactSum(all), exactSum(all.map((value) => value * value))], [want.sum, want.sumsq]),
    rowError([all.reduce((a, b) => Math.max(a, b)), all.reduce((a, b) => Math.min(a, b))], [want.max, want.min]),
  )
}

const errorOf = (got: Row, want: readonly number[] | Probe) =>
  'idx' in want ? probeError(got, want) : rowError(got, want)

/** Neumaier's sum: what was rounded off is carried along. */
function exactSum(values: readonly number[]): number {
  let sum = 0
  let lost = 0
  for (const value of values) {
    const next = sum + value
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum
    sum = next
  }
  return sum + lost
}

/** The same row by each of the two conventions for a masked entry: −Infinity, and the mask over a number that must not matter. */
function conventions(golden: GoldenCase): readonly (readonly [Float64Array, Mask])[] {
  const x = rowOf(golden.x)
  if (!golden.mask) return [[x, undefined]]
  const overNumbers = x.map((value) => (value === -Infinity ? 123.5 : value))
  return [
    [x, undefined],
    [x, golden.mask],
    [overNumbers, golden.mask],
  ]
}

/** Every number that a case states, against the variant. */
export function caseErrors(
  golden: Golden<GoldenCase>,
  { tau, wider }: GoldenFile,
  normalizer: Normalizer,
  each: GoldenCase,
): GoldenError[] {
  const params = resolveParams(normalizer.id, normalizer.params, each.params)
  const c = rowOf(each.cotangent)
  const tolerances = { ...(golden.tolerance.f64 as Readonly<Record<string, number>>), ...wider }
  const found: GoldenError[] = []
  const add = (quantity: string, error: number, tolerance = tolerances[quantity] ?? NaN) =>
    found.push({ case: each.id, quantity, error, tolerance })
  for (const [x, mask] of conventions(each)) {
    const y = normalizer.forward(x, params, mask)
    add('y', errorOf(y, each.y))
    add('vjp', errorOf(normalizer.vjp(x, c, params, mask), each.vjp))
    if (each.vjp_alpha !== undefined) {
      const alpha = normalizer.paramVjp(x, c, params, mask)['alpha'] ?? NaN
      add('vjp_alpha', rowError([alpha], [each.vjp_alpha]))
    }
    if (each.support_size !== undefined) add('support_size', y.filter((w) => w > 0).length - each.support_size, 0)
    if (each.loss && normalizer.loss) {
      const loss = normalizer.loss.evaluate(x, each.loss.target, params, mask)
      add('loss', rowError([loss.value], [each.loss.value]))
      add('loss_grad', errorOf(loss.grad, each.loss.grad))
    }
  }
  if (each.jacobian) add('jacobian', jacobianError(normalizer, rowOf(each.x), params, each.jacobian))
  if (each.tau !== undefined && tau) add('tau', tauError(each, tau, params), tolerances['y'])
  return found
}

/** The rows of J are the VJPs of the basis vectors. */
function jacobianError(
  normalizer: Normalizer,
  x: Row,
  params: ParamValues,
  want: readonly (readonly number[])[],
): number {
  const got = want.flatMap((_, i) => {
    const basis = new Float64Array(x.length)
    basis[i] = 1
    return Array.from(normalizer.vjp(x, basis, params))
  })
  return rowError(got, want.flat())
}

function tauError(each: GoldenCase, tau: NonNullable<GoldenFile['tau']>, params: ParamValues): number {
  const kept = rowOf(each.x).filter((value) => value !== -Infinity)
  return kept.length === 0 ? 0 : rowError([tau(kept, params)], [each.tau!])
}
