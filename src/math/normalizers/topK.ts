import { defineNormalizer, type Loss } from './contract.ts'
import { kthLargest } from './kthLargest.ts'
import { crossEntropy, softmax, softmaxVjp } from './softmax.ts'

/**
 * Top-k softmax: softmax over the k largest logits, 0 elsewhere. Of equal logits at the border the first ones are taken.
 *   y = softmax(x_Ω) on Ω, the indices of the k largest; 0 off Ω
 * @param x  logits, shape [n], n ≥ 1, finite
 * @param k  ≥ 1, whole; from n on it is softmax
 * @returns  y, shape [n], sums to 1
 * Expected O(n). Source: Shazeer et al. 2017, arXiv:1701.06538.
 */
export function topK(x: ArrayLike<number>, k: number): Float64Array {
  return within(x, k, (kept) => softmax(kept))
}

/** Jᵀc: softmax's inside Ω, 0 outside; the choice of Ω is piecewise constant. Shapes [n]. */
export function topKVjp(x: ArrayLike<number>, c: ArrayLike<number>, k: number): Float64Array {
  return within(x, k, (kept, chosen) => softmaxVjp(kept, chosen ? Float64Array.from(chosen, (i) => c[i]!) : c))
}

/**
 * Sparse-softmax loss at a one-hot target t: logsumexp(x_Ω) − x_t, gradient y − e_t. It is defined, and ≥ 0, for a target
 * off Ω too, and pulls that target up although its weight is 0.
 * Source: Sun et al. 2021, arXiv:2112.12433.
 */
export function topKLoss(x: ArrayLike<number>, target: number, k: number): Loss {
  let value = 0
  const grad = within(x, k, (kept) => {
    let top = 0
    for (let i = 1; i < kept.length; i++) if (kept[i]! > kept[top]!) top = i
    value = crossEntropy(kept, top).value + (kept[top]! - x[target]!)
    return softmax(kept)
  })
  grad[target]! -= 1
  return { value, grad }
}

type OnKept = (kept: ArrayLike<number>, chosen: Int32Array | null) => Float64Array

/** Applies `map` to the k largest logits and puts the result in their places; `chosen` is null if that is all of them. */
function within(x: ArrayLike<number>, k: number, map: OnKept): Float64Array {
  if (k >= x.length) return map(x, null)
  const border = kthLargest(x, k)
  let ties = k
  for (let i = 0; i < x.length; i++) if (x[i]! > border) ties--
  const chosen = new Int32Array(k)
  for (let i = 0, at = 0; at < k; i++) if (x[i]! > border || (x[i]! === border && ties-- > 0)) chosen[at++] = i
  const part = map(
    Float64Array.from(chosen, (i) => x[i]!),
    chosen,
  )
  const y = new Float64Array(x.length)
  for (let at = 0; at < k; at++) y[chosen[at]!] = part[at]!
  return y
}

export const topKNormalizer = defineNormalizer({
  id: 'top-k',
  label: 'top-k',
  family: 'sparse',
  summary:
    'Softmax over the k best and nothing for the rest: weights jump when two entries trade places at the border.',
  params: {
    k: {
      kind: 'number',
      symbol: 'k',
      label: 'kept entries',
      about: 'How many entries may have weight.',
      default: 2,
      range: [1, 32],
      scale: 'linear',
      domain: { atLeast: 1, integer: true },
    },
  },
  formula: String.raw`y_i = \frac{e^{x_i}\,[i \in \Omega]}{\sum_{j \in \Omega} e^{x_j}}, \quad \Omega = \text{the } k \text{ largest}`,
  sources: [
    {
      cite: 'Shazeer et al. 2017',
      title: 'Outrageously Large Neural Networks: The Sparsely-Gated Mixture-of-Experts Layer',
      where: 'arXiv:1701.06538',
    },
    {
      cite: 'Sun et al. 2021',
      title: 'Sparse-softmax: A Simpler and Faster Alternative Softmax Transformation',
      where: 'arXiv:2112.12433',
    },
  ],
  // Neither order nor permutation survives a tie at the border, where the lower index wins.
  laws: () => ['sums-to-one', 'nonnegative', 'shift-invariant', 'exact-zeros', 'symmetric-jacobian'],
  forward: (x, { k }) => topK(x, k),
  vjp: (x, c, { k }) => topKVjp(x, c, k),
  loss: { label: 'sparse-softmax loss', evaluate: (x, target, { k }) => topKLoss(x, target, k) },
})
