import { leadingValues, type LeadingValues } from '../../engine/leadingValues.ts'
import { rankDecisions } from '../../math/bottleneck/rank.ts'
import type { Matrix } from '../../math/linalg/matrix.ts'
import type { ComputeContext } from '../contract.ts'
import { leastGap } from './describe.ts'

/** rows · cols · min(rows, cols) from which all values take some seconds: before, a look is not worth its start. */
const leastWork = 2e9
/** Values of a look; the cliff behind a larger rank it does not see. */
const looked = 64

/**
 * What is being done while all singular values of a matrix are computed, in words: of a large one with what a first look
 * at the largest says, where a GPU can take it. The look is in float32 and says so.
 * @param title  of a matrix that somebody brought; null for a made one
 */
export async function whatIsDone(
  matrix: Matrix,
  title: string | null,
  seed: number,
  context: ComputeContext,
): Promise<string> {
  const { rows, cols } = matrix
  const doing = `singular values of ${title === null ? '' : `${title}, `}${rows} × ${cols}`
  const side = Math.min(rows, cols)
  if (rows * cols * side < leastWork || side < looked) return doing
  const { engine, signal, progress } = context
  const { choice } = engine.status()
  // The bar is that of all values, and has not begun.
  const look = await leadingValues(matrix, looked, { choice, seed, signal, progress: (_, what) => progress(0, what) })
  return 'reason' in look ? doing : `${doing}; ${lookWords(look)}`
}

/** `first look in float32 on …: largest drop behind value 24`. */
export function lookWords({ values, floor, device, precision }: Omit<LeadingValues, 'milliseconds'>): string {
  const seen = values.map((value) => Math.max(value, floor))
  const { rankGap, logGap } = rankDecisions(seen, values.length, values.length)
  const cliff = rankGap !== null && logGap !== null && logGap > leastGap
  const found = cliff ? `largest drop behind value ${rankGap}` : `no cliff among the largest ${values.length}`
  return `first look in ${precision} on ${device}: ${found}`
}
