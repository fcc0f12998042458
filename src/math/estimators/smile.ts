import { defineEstimator } from './contract.ts'
import { logMeanExpOffDiagonal, meanDiagonal } from './critic.ts'
import { positiveParam } from './params.ts'

/** mean_i S_ii − ln mean_{i≠j} e^{clip(S_ij, −τ, τ)}. Nats. O(n²). */
export const smileEstimator = defineEstimator({
  id: 'smile',
  label: 'SMILE',
  summary: 'DV with the scores of unpaired samples clipped: less variance, and no longer a bound.',
  measure: 'shannon',
  accepts: ['critic'],
  params: { tau: positiveParam('\\tau', 'clip', 'Scores of unpaired samples are held within ±τ.', 5, [0.1, 50]) },
  laws: ['permutes'],
  gaussianTolerance: null,
  cost: 'O(n²)',
  sources: [
    {
      cite: 'Song & Ermon 2020',
      title: 'Understanding the limitations of variational mutual information estimators',
      where: 'arXiv:1910.06222',
    },
  ],
  estimate: ({ S }, { tau }) => {
    const clipped = (score: number) => Math.min(tau, Math.max(-tau, score))
    return { nats: { I: meanDiagonal(S) - logMeanExpOffDiagonal('smile', S, clipped) } }
  },
})
