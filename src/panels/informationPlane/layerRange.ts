import type { Activation } from '../../models/mlp/activations.ts'

/** From the least to the greatest. */
export type Range = readonly [low: number, high: number]

/** Where the values of an activation lie, if they have bounds. */
export const boundsOf = ({ bounded, idle }: Activation): Range | null => (bounded ? [idle < 0 ? -1 : 0, 1] : null)

/** What a plot of such values spans: their bounds and what noise carries beyond, or what they reach; with some air. */
export function plotted([low, high]: Range, bounds: Range | null): Range {
  if (bounds) return [Math.min(bounds[0], low) - 0.05, Math.max(bounds[1], high) + 0.05]
  // Values that are all equal, and large, need air that their own digits can hold.
  const air = Math.max(0.04 * (high - low), 0.01, 1e-6 * Math.max(Math.abs(low), Math.abs(high)))
  return [low - air, high + air]
}
