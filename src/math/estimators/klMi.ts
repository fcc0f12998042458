import { defineEstimator } from './contract.ts'
import { kozachenkoLeonenko } from './kozachenkoLeonenko.ts'
import { jointSamples } from './neighbours.ts'
import { countParam } from './params.ts'

export const klMiEstimator = defineEstimator({
  id: 'kl-mi',
  label: 'KL (three entropies)',
  summary: 'H(X) + H(Y) − H(X,Y), each by the k-th neighbour; the three biases do not cancel.',
  measure: 'shannon',
  accepts: ['pair'],
  params: { k: countParam('k', 'neighbours', 'More: less variance, more bias.', 5, 50) },
  laws: ['permutes'],
  gaussianTolerance: 0.15,
  cost: 'O(n² d)',
  sources: [
    {
      cite: 'Kozachenko & Leonenko 1987',
      title: 'Sample estimate of the entropy of a random vector',
      where: 'Problems of Information Transmission 23',
    },
  ],
  estimate({ X, Y }, { k }) {
    const entropy = (samples: typeof X) => kozachenkoLeonenko('kl-mi', samples, k)
    return { nats: { I: entropy(X) + entropy(Y) - entropy(jointSamples(X, Y)) } }
  },
})
