import { sizesOf, type Labels, type Samples } from './sample.ts'
import type { Reading } from './contract.ts'

/** Beyond this exponent a kernel adds less than a rounding error to its row, whose own sample adds 1. */
const negligible = 50

/**
 * Readings of T + Gaussian noise of variance `noise`, whose entropy is bounded by pairwise distances D = |tᵢ − tⱼ|²:
 *   H(T) = d/2 (1 + ln 2π·noise) − mean_i ln (1/n) Σ_j exp(−D / 2s)
 * with s = noise for the upper (Kullback–Leibler) bound and s = 4·noise for the lower (Bhattacharyya) one.
 * I(X;T) = H(T) − H(noise); I(T;Y) = H(T) − Σ p(y) H(T|y), a difference of bounds and so itself none. Nats.
 * One reading for each set of labels, which share the distances.
 * The self term makes every sum at least 1, so no log-sum-exp shift is needed. O(n² (d + label sets)).
 * Source: Kolchinsky & Tracey 2017, eqs. 10 and 11, doi:10.3390/e19070361.
 */
export function pairwiseReadings(
  T: Samples,
  labelSets: readonly Labels[],
  noise: number,
  bound: 'upper' | 'lower',
): Reading[] {
  const { rows: n, cols: d } = T
  const scale = bound === 'upper' ? 2 * noise : 8 * noise
  const { all, own } = kernelSums(T, labelSets, scale)
  let information = 0
  for (let i = 0; i < n; i++) information -= Math.log(all[i]! / n) / n
  const H_noise = (d / 2) * (1 + Math.log(2 * Math.PI * noise))
  return labelSets.map((labels, set) => {
    const sizes = sizesOf(labels)
    const sums = own[set]!
    let withinClasses = 0
    for (let i = 0; i < n; i++) withinClasses -= Math.log(sums[i]! / sizes[labels.of[i]!]!) / n
    return { nats: { H_T: information + H_noise, I_XT: information, I_TY: information - withinClasses } }
  })
}

/** Σ_j exp(−D_ij / scale) for each row i: over all rows, and for each set of labels over the rows of its own class. */
function kernelSums({ rows: n, cols: d, values }: Samples, labelSets: readonly Labels[], scale: number) {
  const all = new Float64Array(n).fill(1)
  const own = labelSets.map(() => new Float64Array(n).fill(1))
  const limit = negligible * scale
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) {
      let distance = 0
      for (let a = i * d, b = j * d, end = a + d; a < end && distance < limit; a++, b++) {
        const gap = values[a]! - values[b]!
        distance += gap * gap
      }
      if (distance >= limit) continue
      const kernel = Math.exp(-distance / scale)
      all[i]! += kernel
      all[j]! += kernel
      for (let set = 0; set < own.length; set++) {
        const { of } = labelSets[set]!
        if (of[i] !== of[j]) continue
        const sums = own[set]!
        sums[i]! += kernel
        sums[j]! += kernel
      }
    }
  return { all, own }
}

/** |row i − row j|², Euclidean, in squares of `unit`. */
export function squaredDistance(X: Samples, i: number, j: number, unit = 1): number {
  const { cols, values } = X
  let sum = 0
  for (let c = 0; c < cols; c++) {
    const gap = (values[i * cols + c]! - values[j * cols + c]!) / unit
    sum += gap * gap
  }
  return sum
}

/** The reading of a layer that says nothing: all rows equal, a point mass without noise. */
export const deadReading: Reading = { nats: { H_T: -Infinity, I_XT: 0, I_TY: 0 } }
