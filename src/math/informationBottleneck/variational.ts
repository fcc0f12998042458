import { ShapeError } from '../errors.ts'

/** n diagonal Gaussians of d dimensions: means and standard deviations, shape [n][d]. */
export interface Gaussians {
  readonly mu: readonly (readonly number[])[]
  readonly sigma: readonly (readonly number[])[]
}

/** What the variational bottleneck pays and gets for a batch, nats a sample. */
export interface VariationalLoss {
  /** Mean KL(N(μ, σ²) ‖ N(0, 1)): at least I(X;Z). */
  readonly rate: number
  /** Mean cross-entropy of the decoder; H(Y) less this is at most I(Z;Y). */
  readonly crossEntropy: number
  /** crossEntropy + β · rate: this β weighs the rate, the inverse of the bottleneck's own. */
  readonly loss: number
}

/**
 * The variational information bottleneck's loss. Rate ½ Σ (μ² + σ² − 1 − 2 ln σ).
 * @param logits  of the decoder, shape [n][classes]
 * Source: Alemi et al. 2017, arXiv:1612.00410.
 */
export function variationalLoss(
  { mu, sigma }: Gaussians,
  logits: readonly (readonly number[])[],
  labels: readonly number[],
  beta: number,
): VariationalLoss {
  const n = mu.length
  if (sigma.length !== n || logits.length !== n || labels.length !== n)
    throw new ShapeError(
      `variationalLoss: ${n} means, ${sigma.length} deviations, ${logits.length} logits, ${labels.length} labels`,
    )
  let rate = 0
  let crossEntropy = 0
  for (let i = 0; i < n; i++) {
    mu[i]!.forEach((mean, c) => {
      const spread = sigma[i]![c]!
      rate += (mean * mean + spread * spread - 1 - 2 * Math.log(spread)) / (2 * n)
    })
    const row = logits[i]!
    const largest = Math.max(...row)
    const total = row.reduce((sum, logit) => sum + Math.exp(logit - largest), 0)
    crossEntropy += (largest + Math.log(total) - row[labels[i]!]!) / n
  }
  return { rate, crossEntropy, loss: crossEntropy + beta * rate }
}

/** KL(N(μ₁, σ₁²) ‖ N(μ₂, σ₂²)) of diagonal Gaussians, nats. */
function gaussianDivergence(
  mu1: readonly number[],
  sigma1: readonly number[],
  mu2: readonly number[],
  sigma2: readonly number[],
): number {
  return mu1.reduce((sum, mean, c) => {
    const ratio = (sigma1[c]! / sigma2[c]!) ** 2
    const gap = (mean - mu2[c]!) / sigma2[c]!
    return sum + 0.5 * (ratio + gap * gap - 1 - Math.log(ratio))
  }, 0)
}

/** The assignment step of the distance-aware bottleneck. */
export interface DistanceAwareStep {
  /** KL of each encoding from each centroid, nats, shape [n][centroids]. */
  readonly divergences: number[][]
  /** w_ik, rows sum to 1. */
  readonly assignment: number[][]
  /** Σ_k w_ik D_ik: how far an encoding is from what is known; nats. */
  readonly uncertainty: number[]
  /** The centroids' next prior: mean of the assignment. */
  readonly prior: number[]
}

/**
 * Distances of encodings to centroids, w_ik = softmax_k(ln π_k − τ D_ik), and the uncertainty that follows.
 * Source: Apostolopoulou et al. 2024, arXiv:2406.03572.
 */
export function distanceAwareStep(
  encodings: Gaussians,
  centroids: Gaussians,
  prior: readonly number[],
  tau: number,
): DistanceAwareStep {
  const divergences = encodings.mu.map((mean, i) =>
    centroids.mu.map((centre, k) => gaussianDivergence(mean, encodings.sigma[i]!, centre, centroids.sigma[k]!)),
  )
  const assignment = divergences.map((row) => {
    const scores = row.map((divergence, k) => Math.log(prior[k]!) - tau * divergence)
    const largest = Math.max(...scores)
    const weights = scores.map((score) => Math.exp(score - largest))
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    return weights.map((weight) => weight / total)
  })
  return {
    divergences,
    assignment,
    uncertainty: assignment.map((row, i) => row.reduce((sum, weight, k) => sum + weight * divergences[i]![k]!, 0)),
    prior: prior.map((_, k) => assignment.reduce((sum, row) => sum + row[k]! / assignment.length, 0)),
  }
}
