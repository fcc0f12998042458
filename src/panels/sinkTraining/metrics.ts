import type { Metric } from './lookedAt.ts'

/** A strip over steps. */
export interface MetricStrip {
  readonly metric: Metric
  readonly title: string
  /** How its scale goes: from 0 to 1, or from 0 to a round number above what there is. */
  readonly scale: 'share' | 'free'
}

export const mainStrips: readonly MetricStrip[] = [
  { metric: 'bosAttention', title: 'Attention of dormant tokens to the first token', scale: 'share' },
  { metric: 'valueRatio', title: 'Size of the first token’s value over the others’', scale: 'free' },
  { metric: 'triggerLoss', title: 'Loss at triggers, nats', scale: 'free' },
  { metric: 'dormantExcess', title: 'Loss elsewhere above the least possible, nats', scale: 'free' },
]

export const moreStrips: readonly MetricStrip[] = [
  { metric: 'sinkRate', title: 'Sink rate: heads and sequences with α₀ above ε', scale: 'share' },
  { metric: 'alpha0', title: 'α₀, mean weight that the first token gets', scale: 'share' },
  { metric: 'rowMass', title: 'Sum of a dormant token’s row', scale: 'share' },
  { metric: 'exactZeros', title: 'Weights that are exactly 0', scale: 'share' },
  { metric: 'kurtosis', title: 'Kurtosis of the hidden state', scale: 'free' },
  { metric: 'maxOverMedian', title: 'Largest over median hidden size', scale: 'free' },
]

/** Every column of the table. */
export const tableMetrics: readonly Metric[] = [
  'loss',
  'bayes',
  'triggerLoss',
  'dormantExcess',
  'bosAttention',
  'triggerPrevious',
  'alpha0',
  'sinkRate',
  'rowMass',
  'exactZeros',
  'valueRatio',
  'kurtosis',
  'maxOverMedian',
]
