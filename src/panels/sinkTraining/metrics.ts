import type { Metric } from './lookedAt.ts'

/** A strip over steps. */
export interface MetricStrip {
  readonly metric: Metric
  readonly title: string
  /** How its scale goes: from 0 to 1, or from 0 to a round number above what there is. */
  readonly scale: 'share' | 'free'
  /** What a word of the title means. */
  readonly term?: { readonly word: string; readonly about: string }
}

export const mainStrips: readonly MetricStrip[] = [
  { metric: 'bosAttention', title: 'Attention of dormant tokens to the first token', scale: 'share' },
  {
    metric: 'valueRatio',
    title: 'Size of the first token’s value over the others’',
    scale: 'free',
    term: {
      word: 'value',
      about:
        'What a token hands to those that look at it. Where it is small, a token can be looked at without effect: below 1, the first token’s value is drained.',
    },
  },
  { metric: 'triggerLoss', title: 'Loss at triggers, nats', scale: 'free' },
  {
    metric: 'dormantExcess',
    title: 'Loss elsewhere above the least possible, nats',
    scale: 'free',
    term: {
      word: 'the least possible',
      about: 'The Bayes loss: what is left to guess for whoever knows the task’s law, the entropy of the next token.',
    },
  },
]

export const moreStrips: readonly MetricStrip[] = [
  {
    metric: 'sinkRate',
    title: 'Sink rate: heads and sequences with α₀ above ε',
    scale: 'share',
    term: {
      word: 'Sink rate',
      about: 'The share of heads, on each of the sequences, whose α₀ is above the threshold ε (Gu et al. 2024).',
    },
  },
  {
    metric: 'alpha0',
    title: 'α₀, mean weight that the first token gets',
    scale: 'share',
    term: {
      word: 'α₀',
      about:
        'Importance of the first token: the weight that it gets, averaged over all T queries, its own included (where it is 1 if rows sum to one).',
    },
  },
  { metric: 'rowMass', title: 'Sum of a dormant token’s row', scale: 'share' },
  { metric: 'exactZeros', title: 'Weights that are exactly 0', scale: 'share' },
  {
    metric: 'kurtosis',
    title: 'Kurtosis of the hidden state',
    scale: 'free',
    term: {
      word: 'Kurtosis',
      about: 'E[(h − μ)⁴] / E[(h − μ)²]² over all entries: 3 for a normal law, large where few entries are very large.',
    },
  },
  { metric: 'maxOverMedian', title: 'Largest over median hidden size', scale: 'free' },
]

/** Every column of the table, with its unit. */
export const tableMetrics: readonly { readonly metric: Metric; readonly title: string }[] = [
  { metric: 'loss', title: 'Loss, nats a token' },
  { metric: 'bayes', title: 'Least possible loss, nats a token' },
  { metric: 'triggerLoss', title: 'Loss at triggers, nats' },
  { metric: 'dormantExcess', title: 'Loss elsewhere above the least possible, nats' },
  { metric: 'bosAttention', title: 'Weight of dormant tokens on the first token' },
  { metric: 'triggerPrevious', title: 'Weight of triggers on the token before' },
  { metric: 'alpha0', title: 'α₀, mean weight on the first token' },
  { metric: 'sinkRate', title: 'Sink rate, share of heads and sequences' },
  { metric: 'rowMass', title: 'Sum of a dormant token’s row' },
  { metric: 'exactZeros', title: 'Share of weights that are exactly 0' },
  { metric: 'valueRatio', title: 'Size of the first token’s value over the others’' },
  { metric: 'kurtosis', title: 'Kurtosis of the hidden state, 3 for a normal law' },
  { metric: 'maxOverMedian', title: 'Largest over median hidden size' },
]
