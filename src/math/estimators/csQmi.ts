import { defineEstimator } from './contract.ts'
import { deltaGram, gaussianGram, labelKernelParam, mostCompared, widthOf, widthParam } from './gram.ts'

/**
 * Cauchy–Schwarz quadratic mutual information of two Gram matrices, shape [n, n]:
 *   ln[n⁻² Σ K∘M] + ln[n⁻⁴ ΣK ΣM] − 2 ln[n⁻³ Σ_i (Σ_j K_ij)(Σ_j M_ij)]  ≥ 0
 * Nats of its own kind. O(n²). Source: Yu et al. 2024, arXiv:2404.17951.
 */
export function csQmi(K: Float64Array, M: Float64Array, n: number): number {
  let both = 0
  let allK = 0
  let allM = 0
  let rows = 0
  for (let i = 0; i < n; i++) {
    let rowK = 0
    let rowM = 0
    for (let j = 0; j < n; j++) {
      rowK += K[i * n + j]!
      rowM += M[i * n + j]!
      both += K[i * n + j]! * M[i * n + j]!
    }
    allK += rowK
    allM += rowM
    rows += rowK * rowM
  }
  return Math.max(0, Math.log(both) + Math.log(allK) + Math.log(allM) - 2 * Math.log(rows))
}

export const csQmiEstimator = defineEstimator({
  id: 'cs-qmi',
  label: 'Cauchy–Schwarz QMI',
  summary: 'How far the joint kernel density is from the product of the margins, by the angle between them.',
  measure: 'cauchy-schwarz',
  accepts: ['activations', 'pair'],
  params: {
    sigma_T: widthParam('T'),
    sigma_X: widthParam('X'),
    sigma_Y: widthParam('Y'),
    label_kernel: labelKernelParam,
  },
  laws: ['permutes', 'nonnegative', 'dead-is-zero'],
  gaussianTolerance: null,
  cost: 'O(n² d)',
  mostSamples: mostCompared,
  affords: 1024,
  sources: [
    {
      cite: 'Yu et al. 2024',
      title: 'Cauchy-Schwarz divergence information bottleneck for regression',
      where: 'arXiv:2404.17951',
    },
  ],
  estimate(sample, { sigma_T, sigma_X, sigma_Y }) {
    if (sample.kind === 'activations') {
      const { T, labels } = sample
      return { nats: { I: csQmi(gaussianGram(T, widthOf(sigma_T, T)), deltaGram(labels), T.rows) } }
    }
    const { X, Y } = sample
    return { nats: { I: csQmi(gaussianGram(X, widthOf(sigma_X, X)), gaussianGram(Y, widthOf(sigma_Y, Y)), X.rows) } }
  },
})
