import { defineEstimator } from './contract.ts'
import { logMeanExpOffDiagonal, meanDiagonal } from './critic.ts'

/** I ≥ mean_i S_ii − ln mean_{i≠j} e^{S_ij}. Nats. O(n²). */
export const dvMineEstimator = defineEstimator({
  id: 'dv-mine',
  label: 'DV (MINE)',
  summary: 'Donsker and Varadhan: tight with a perfect critic, but of great variance.',
  measure: 'shannon',
  accepts: ['critic'],
  params: {},
  laws: ['permutes', 'lower-bound'],
  gaussianTolerance: null,
  cost: 'O(n²)',
  sources: [{ cite: 'Belghazi et al. 2018', title: 'Mutual information neural estimation', where: 'arXiv:1801.04062' }],
  estimate: ({ S }) => ({ nats: { I: meanDiagonal(S) - logMeanExpOffDiagonal('dv-mine', S) } }),
})
