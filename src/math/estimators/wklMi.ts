import { defineEstimator } from './contract.ts'
import { neighbourWeights } from './neighbourWeights.ts'
import { weightedKozachenkoLeonenko } from './kozachenkoLeonenko.ts'
import { jointSamples, needMoreThan } from './neighbours.ts'
import { countParam } from './params.ts'

export const wklMiEstimator = defineEstimator({
  id: 'wkl-mi',
  label: 'weighted KL',
  summary: 'H(X) + H(Y) − H(X,Y), each from several neighbours weighted so that the leading biases cancel.',
  measure: 'shannon',
  accepts: ['pair'],
  params: {
    k: countParam(
      'k',
      'neighbours',
      'How many share the weight, beyond four dimensions; of few, in many dimensions, each weighs thousands and the reading is noise.',
      5,
      50,
    ),
  },
  laws: ['permutes'],
  gaussianTolerance: 0.2,
  cost: 'O(n² d)',
  sources: [
    {
      cite: 'Berrett, Samworth & Yuan 2019',
      title: 'Efficient multivariate entropy estimation via k-nearest neighbour distances',
      where: 'arXiv:1606.00304',
    },
  ],
  estimate({ X, Y }, { k }) {
    needMoreThan('wkl-mi', k, X.rows)
    const entropy = (samples: typeof X) =>
      weightedKozachenkoLeonenko('wkl-mi', samples, k, neighbourWeights('wkl-mi', k, samples.cols))
    return { nats: { I: entropy(X) + entropy(Y) - entropy(jointSamples(X, Y)) } }
  },
})
