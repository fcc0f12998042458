import { centreColumns } from '../../math/bottleneck/views.ts'
import { reflect, reflector } from '../../math/linalg/householder.ts'
import { rowOf, zeros, type Matrix } from '../../math/linalg/matrix.ts'
import { powerNear } from '../../math/linalg/powerNear.ts'
import { singularValueSteps } from '../../math/linalg/singularValues.ts'

/** The rank of the first rows of a matrix. Between two points the straight line, where `kink` is known exactly. */
export interface PromptRanks {
  /** Counts of rows at which the rank was computed, ascending, from 1. */
  readonly prompts: readonly number[]
  readonly ranks: readonly number[]
  /** The fewest rows that have the rank of all; null where too many computations would be needed to find it. */
  readonly kink: number | null
}

/** More rows than this take longer than a person waits. */
export const mostPrompts = 512
/** Spectra computed at most, where the rank does not simply rise and then stay. */
const mostSpectra = 40

/**
 * Singular values above `limit` of the first m rows, for m = 1 to all. A further row adds one such value or none (the
 * values interlace), so where the rank rises by as much as the rows, or not at all, all between is known.
 * A = L Qᵀ with L a triangle, so that the first m rows have the values of an m × m block of L.
 * @param rank  of all rows, above the same limit
 * @param options.meanRemoved  takes the mean over the first m rows off them
 * Yields the fraction done. O(n² V) and a few times O(n³); up to 40 times.
 * Source of the interlacing: Horn & Johnson, Matrix Analysis, 2nd edition, section 7.3.
 */
export function* promptRankSteps(
  a: Matrix,
  limit: number,
  rank: number,
  { meanRemoved }: { readonly meanRemoved: boolean },
): Generator<number, PromptRanks, void> {
  const { triangle, scale } = yield* triangleSteps(a)
  const ranks = new Map([[a.rows, rank]])
  function* measure(rows: number) {
    ranks.set(rows, countAbove(yield* lastOf(blockSteps(triangle, rows, meanRemoved), ranks.size), limit / scale))
  }
  if (a.rows > 1) yield* measure(1)
  const open: [number, number][] = [[1, a.rows]]
  for (let pair = open.shift(); pair !== undefined; pair = open.shift()) {
    const [from, to] = pair
    const rise = ranks.get(to)! - ranks.get(from)!
    if (rise <= 0 || rise === to - from) continue
    if (ranks.size >= mostSpectra) return inOrder(ranks, null)
    // The first guess is one kink; where it is wrong, halves.
    const middle = ranks.size === 2 ? from + rise : Math.floor((from + to) / 2)
    yield* measure(middle)
    open.push([from, middle], [middle, to])
  }
  return inOrder(ranks, rank)
}

/** Passes on the steps of one spectrum as a part of those that are usual. */
function* lastOf<T>(steps: Generator<number, T, void>, done: number): Generator<number, T, void> {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    yield 1 - (1 - 0.2 * step.value) * 0.8 ** done
  }
}

/** L by a reflection of each row, divided by a power of two so that no square leaves the range of float64. */
function* triangleSteps(a: Matrix): Generator<number, { readonly triangle: Matrix; readonly scale: number }, void> {
  const scale = powerNear(a.values)
  const triangle = zeros(a.rows, Math.min(a.rows, a.cols))
  const reflectors: { readonly row: Float64Array; readonly tau: number }[] = []
  for (let r = 0; r < a.rows; r++) {
    const row = rowOf(a, r).map((x) => x / scale)
    reflectors.forEach((each, k) => reflect(row, each.row, each.tau, k))
    const target = rowOf(triangle, r)
    target.set(row.subarray(0, Math.min(r, target.length)))
    if (r < target.length) {
      const { tau, beta } = reflector(row, r)
      reflectors.push({ row, tau })
      target[r] = beta
    }
    yield 0
  }
  return { triangle, scale }
}

function blockSteps(triangle: Matrix, rows: number, meanRemoved: boolean): Generator<number, Float64Array, void> {
  const block = zeros(rows, Math.min(rows, triangle.cols))
  for (let r = 0; r < rows; r++) rowOf(block, r).set(rowOf(triangle, r).subarray(0, block.cols))
  return singularValueSteps(meanRemoved ? centreColumns(block) : block)
}

const countAbove = (s: Float64Array, limit: number): number => s.filter((value) => value > limit).length

/** @param last  the rank of all rows, where every rank between the points is known; else null */
function inOrder(ranks: ReadonlyMap<number, number>, last: number | null): PromptRanks {
  const points = [...ranks].toSorted(([a], [b]) => a - b)
  return {
    prompts: points.map(([rows]) => rows),
    ranks: points.map(([, rank]) => rank),
    kink: points.find(([, rank]) => rank === last)?.[0] ?? null,
  }
}
