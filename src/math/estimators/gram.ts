import { positive } from './params.ts'
import { squaredDistance } from './pairwiseDensity.ts'
import type { Labels, Samples } from './sample.ts'

/** A Gram matrix of more samples than this fills the memory of a page: 8192² numbers are half a gigabyte. */
export const mostCompared = 8192

/** Gaussian Gram matrix K_ij = exp(−|xᵢ − xⱼ|² / 2σ²), shape [n, n]. */
export function gaussianGram(X: Samples, sigma: number): Float64Array {
  const n = X.rows
  const K = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    K[i * n + i] = 1
    for (let j = 0; j < i; j++) {
      const kernel = Math.exp(-squaredDistance(X, i, j) / (2 * sigma * sigma))
      K[i * n + j] = kernel
      K[j * n + i] = kernel
    }
  }
  return K
}

/** The kernel of classes: 1 where two samples share one, else 0; shape [n, n]. */
export function deltaGram({ of }: Labels): Float64Array {
  const n = of.length
  const K = new Float64Array(n * n)
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) if (of[i] === of[j]) K[i * n + j] = 1
  return K
}

/** √d · n^(−1/(4 + d)): the kernel width for standardised samples. Source: Tapia & Estévez 2020, arXiv:1909.09693. */
export const ruleOfThumbWidth = ({ rows, cols }: Samples): number => Math.sqrt(cols) * rows ** (-1 / (4 + cols))

/** A width as given, or the rule's. */
export const widthOf = (sigma: number | 'rule', X: Samples): number => (sigma === 'rule' ? ruleOfThumbWidth(X) : sigma)

/** A kernel width: a positive number, or the word `rule`. */
export const widthParam = (whose: string) =>
  ({
    kind: 'number-or-word',
    symbol: `\\sigma_${whose}`,
    label: `kernel width of ${whose}`,
    about: 'Wide: all samples look alike. Narrow: none do. The rule is √d · n^(−1/(4+d)), for standardised samples.',
    default: 'rule',
    words: ['rule'],
    range: [0.01, 10],
    scale: 'log',
    domain: positive,
  }) as const

/** How labels are compared: 1 if equal, else 0. */
export const labelKernelParam = {
  kind: 'choice',
  symbol: 'K_Y',
  label: 'label kernel',
  about: 'Labels are equal or not.',
  default: 'delta',
  options: ['delta'],
} as const
