import { defineEstimator } from './contract.ts'

/** I ≥ mean_i [S_ii − ln Σ_j e^{S_ij}] + ln n. Nats. O(n²). */
export const infonceEstimator = defineEstimator({
  id: 'infonce',
  label: 'InfoNCE',
  summary: 'How well the critic picks the right partner among n; it can never say more than ln n.',
  measure: 'shannon',
  accepts: ['critic'],
  params: {},
  laws: ['permutes', 'at-most-log-n', 'lower-bound'],
  gaussianTolerance: null,
  cost: 'O(n²)',
  sources: [
    {
      cite: 'van den Oord, Li & Vinyals 2018',
      title: 'Representation learning with contrastive predictive coding',
      where: 'arXiv:1807.03748',
    },
  ],
  estimate: ({ S }) => {
    const { rows: n, values } = S
    let sum = 0
    for (let i = 0; i < n; i++) {
      const row = values.subarray(i * n, (i + 1) * n)
      let largest = -Infinity
      for (const score of row) largest = Math.max(largest, score)
      let total = 0
      for (const score of row) total += Math.exp(score - largest)
      sum += row[i]! - largest - Math.log(total)
    }
    return { nats: { I: sum / n + Math.log(n) } }
  },
})
