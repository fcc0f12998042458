import { defineEstimator } from './contract.ts'
import { logMeanExpOffDiagonal, meanDiagonal } from './critic.ts'

/** I ≥ mean_i S_ii − mean_{i≠j} e^{S_ij − 1}. Nats. O(n²). */
export const nwjEstimator = defineEstimator({
  id: 'nwj',
  label: 'NWJ',
  summary: 'Nguyen, Wainwright and Jordan: unbiased, below DV for the same critic.',
  measure: 'shannon',
  accepts: ['critic'],
  params: {},
  laws: ['permutes', 'lower-bound'],
  gaussianTolerance: null,
  cost: 'O(n²)',
  sources: [
    {
      cite: 'Nguyen, Wainwright & Jordan 2010',
      title: 'Estimating divergence functionals and the likelihood ratio by convex risk minimization',
      where: 'arXiv:0809.0853',
    },
  ],
  estimate: ({ S }) => ({ nats: { I: meanDiagonal(S) - Math.exp(logMeanExpOffDiagonal('nwj', S) - 1) } }),
})
