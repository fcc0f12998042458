import { lcg32 } from '../random/lcg32.ts'
import { argmax } from '../reductions.ts'
import { defineNormalizer } from './contract.ts'
import { softmax, softmaxTemperatureVjp, softmaxVjp } from './softmax.ts'

/** Uniform numbers stay this far from 0 and 1, where the noise would be infinite. */
const margin = 1e-12

/** Standard Gumbel noise −ln(−ln u), u = lcg32(seed), shape [n]: entry i of a row always gets the same. */
export function gumbelNoise(seed: number, n: number): Float64Array {
  const g = lcg32(seed, n)
  for (let i = 0; i < n; i++) g[i] = -Math.log(-Math.log(Math.min(Math.max(g[i]!, margin), 1 - margin)))
  return g
}

/** x + g, less its largest entry. The differences of x come first: they are exact where x + g is not, at 1e4. */
function noisyGaps(x: ArrayLike<number>, seed: number): Float64Array {
  const g = gumbelNoise(seed, x.length)
  const gaps = new Float64Array(x.length)
  for (let i = 0; i < gaps.length; i++) gaps[i] = x[i]! + g[i]!
  const top = argmax(gaps)
  for (let i = 0; i < gaps.length; i++) gaps[i] = x[i]! - x[top]! + (g[i]! - g[top]!)
  return gaps
}

/**
 * Gumbel-softmax, a softened draw: the largest entry falls on i with probability softmax(x)_i, whatever τ.
 *   y = softmax((x + g) / τ), g = −ln(−ln u)
 * @param x     logits, shape [n], n ≥ 1, finite
 * @param tau   temperature, > 0; near 0 the row is one-hot
 * @param seed  of the noise, a whole number from 0 to 2³² − 1; the noise is a function of the seed and the place
 * @returns  y, shape [n], sums to 1
 * O(n). Source: Jang, Gu & Poole 2016, arXiv:1611.01144; Maddison, Mnih & Teh 2016, arXiv:1611.00712.
 */
export const gumbelSoftmax = (x: ArrayLike<number>, tau: number, seed: number): Float64Array =>
  softmax(noisyGaps(x, seed), tau)

/** Jᵀc = y ∘ (c − ⟨c, y⟩) / τ with the noise held still. Shapes [n]. */
export const gumbelSoftmaxVjp = (x: ArrayLike<number>, c: ArrayLike<number>, tau: number, seed: number): Float64Array =>
  softmaxVjp(noisyGaps(x, seed), c, tau)

export const gumbelNormalizer = defineNormalizer({
  id: 'gumbel',
  label: 'Gumbel-softmax',
  family: 'sampled',
  summary: 'Softmax of logits with noise: a draw from softmax, made soft enough to have a gradient.',
  params: {
    tau: {
      kind: 'number',
      symbol: String.raw`\tau`,
      label: 'temperature',
      about: 'Low: a hard draw. High: near uniform. The chances of who is largest do not depend on it.',
      default: 1,
      range: [0.1, 5],
      scale: 'log',
      domain: { above: 0 },
    },
    seed: {
      kind: 'number',
      symbol: String.raw`\text{seed}`,
      label: 'seed of the noise',
      about: 'Another seed, another draw. The noise goes to the kept entries in order.',
      aliases: ['u_lcg_seed'],
      default: 7,
      range: [0, 99],
      scale: 'linear',
      domain: { integer: true, atLeast: 0, atMost: 4294967295 },
    },
  },
  formula: String.raw`y_i = \frac{e^{(x_i + g_i)/\tau}}{\sum_j e^{(x_j + g_j)/\tau}}, \quad g_i = -\ln(-\ln u_i)`,
  sources: [
    {
      cite: 'Jang, Gu & Poole 2016',
      title: 'Categorical Reparameterization with Gumbel-Softmax',
      where: 'arXiv:1611.01144',
    },
    {
      cite: 'Maddison, Mnih & Teh 2016',
      title: 'The Concrete Distribution: A Continuous Relaxation of Discrete Random Variables',
      where: 'arXiv:1611.00712',
    },
  ],
  laws: () => ['sums-to-one', 'nonnegative', 'shift-invariant', 'symmetric-jacobian'],
  forward: (x, { tau, seed }) => gumbelSoftmax(x, tau, seed),
  vjp: (x, c, { tau, seed }) => gumbelSoftmaxVjp(x, c, tau, seed),
  paramVjp: { tau: (x, c, { tau, seed }) => softmaxTemperatureVjp(noisyGaps(x, seed), c, tau) },
})
