import { defineEstimator } from './contract.ts'
import { kozachenkoLeonenko } from './kozachenkoLeonenko.ts'
import { jointSamples } from './neighbours.ts'
import { countParam } from './params.ts'

export const klEntropyEstimator = defineEstimator({
  id: 'kl-entropy',
  label: 'KL entropy',
  summary: 'Differential entropy from the distance to the k-th neighbour; it may be negative.',
  measure: 'shannon',
  accepts: ['pair'],
  params: {
    k: countParam('k', 'neighbours', 'More: less variance, more bias.', 3, 50),
    of: {
      kind: 'choice',
      symbol: 'v',
      label: 'of',
      about: 'Whose entropy: of X, of Y, or of both together.',
      default: 'X',
      options: ['X', 'Y', 'XY'],
    },
  },
  laws: ['permutes'],
  gaussianTolerance: null,
  cost: 'O(n² d)',
  sources: [
    {
      cite: 'Kozachenko & Leonenko 1987',
      title: 'Sample estimate of the entropy of a random vector',
      where: 'Problems of Information Transmission 23',
    },
  ],
  estimate({ X, Y }, { k, of }) {
    const samples = of === 'XY' ? jointSamples(X, Y) : of === 'X' ? X : Y
    return { nats: { H: kozachenkoLeonenko('kl-entropy', samples, k) } }
  },
})
