import { planFastRecovery, recoverFast, type OutputImage } from '../../math/bottleneck/outputImage.ts'
import { comparingMoves } from '../../math/bottleneck/outputMoves.ts'
import { askAbout, largestDifference, type Attack, type Endpoint } from './emulation.ts'
import type { Shortcut } from './result.ts'

interface Unread {
  readonly endpoint: Endpoint
  readonly prompt: number
  readonly attack: Attack
  readonly truth: Float64Array
}

/** A whole output from as many tokens as the image has dimensions, and one to compare them with. */
export function takeShortcut(
  image: OutputImage,
  rows: readonly Float64Array[],
  { endpoint, prompt, attack, truth }: Unread,
): { readonly shortcut: Shortcut; readonly output: Float64Array } {
  const { rules, strategy, bias } = attack
  const reference = likeliest(rows)
  const plan = planFastRecovery(image, reference)
  const moves = [...comparingMoves(askAbout(endpoint, prompt, rules), plan.tokens, reference, rules, strategy, bias)]
  const told = new Map(moves.flatMap((move) => move.tokens.map((token, i) => [token, move.logProbabilities[i]!])))
  const values = plan.tokens.map((token) => told.get(token) ?? NaN)
  const isLost = values.some((value) => Number.isNaN(value))
  const output = isLost ? new Float64Array(truth.length).fill(NaN) : recoverFast(plan, values, told.get(reference) ?? 0)
  const shortcut = {
    reference,
    tokens: moves.map(({ tokens }) => tokens),
    calls: moves.reduce((sum, { calls }) => sum + calls, 0),
    condition: plan.condition,
    error: largestDifference(output, truth),
  }
  return { shortcut, output }
}

/** The token with the largest mean log-probability. */
function likeliest(rows: readonly Float64Array[]): number {
  const totals = rows[0]!.map((_, token) => rows.reduce((sum, row) => sum + row[token]!, 0))
  return totals.indexOf(Math.max(...totals))
}
