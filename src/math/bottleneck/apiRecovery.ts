/** ln(eᵃ + eᵇ). */
const logAddExp = (a: number, b: number): number => {
  const large = Math.max(a, b)
  return large === -Infinity ? large : large + Math.log1p(Math.exp(Math.min(a, b) - large))
}

/**
 * Log-probabilities without the bias, of tokens that came back under one common bias and nothing else biased:
 *   ln pᵢ = ln p′ᵢ − ln(e^bias (1 − S′) + S′), S′ = Σ p′ over the biased tokens
 * Unstable: 1 − S′ cancels once e^bias is large against (1 − p) / p. At 7 decimals the error is 1e-5 for a bias of 10
 * and 0.4 for 20; where S′ reaches 1 nothing is left and all are NaN.
 * @param biased  ln p′ of every token that carries the bias
 * Source: Finlayson, Ren & Swayamdipta 2024, arXiv:2403.09539.
 */
export function recoverFromBatch(biased: readonly number[], bias: number): number[] {
  const mass = biased.reduce((sum, logP) => sum + Math.exp(logP), 0)
  const shift = mass < 1 ? logAddExp(bias + Math.log1p(-mass), Math.log(mass)) : NaN
  return biased.map((logP) => logP - shift)
}

/**
 * The same, from the difference to an anchor token under the same bias whose log-probability without one is known:
 *   ln pᵢ = y′ᵢ − y′ᵣ + ln pᵣ − (biasᵢ − biasᵣ)
 * Stable: the error is that of the three numbers, at any bias.
 * Source: Carlini et al. 2024, arXiv:2403.06634.
 */
export const recoverFromAnchor = (
  reply: number,
  anchorReply: number,
  anchorLogProbability: number,
  bias = 0,
  anchorBias = 0,
): number => reply - anchorReply + anchorLogProbability - (bias - anchorBias)

/**
 * Log-probability of a token that came back while tokens of known probability carried a penalty:
 *   pᵢ = p′ᵢ (1 + (e^−penalty − 1) Σ p over the penalised)
 * @param penalty  how much their logits were lowered
 * @param penalised  ln p of each of them
 */
export function recoverUnderPenalty(reply: number, penalty: number, penalised: readonly number[]): number {
  const mass = penalised.reduce((sum, logP) => sum + Math.exp(logP), 0)
  return reply + Math.log1p(Math.expm1(-penalty) * mass)
}

/**
 * Logit of a token below the top one, from an interface that only names the winner: halves the range of biases until
 * it is narrower than `precision`. ⌈log₂(range / precision)⌉ calls.
 * @param wins  asks whether the token comes first under this bias
 * @returns  z_top − z_token, the least bias that makes the token win; NaN if even `range` does not
 */
export function bisectLogit(wins: (bias: number) => boolean, range: number, precision: number): number {
  if (!wins(range)) return NaN
  let [low, high] = [0, range]
  while (high - low > precision) {
    const middle = (low + high) / 2
    if (wins(middle)) high = middle
    else low = middle
  }
  return (low + high) / 2
}

export type RecoveryMethod = 'one token' | 'batch' | 'anchored' | 'two anchors' | 'known image'

/**
 * Calls for one prompt's whole output; the image of a model takes as many outputs as its hidden size.
 * Two anchors also tell which of several replicas answered.
 */
export function callsPerOutput(method: RecoveryMethod, vocabulary: number, hidden: number, top: number): number {
  switch (method) {
    case 'one token':
      return vocabulary
    case 'batch':
      return Math.ceil(vocabulary / top)
    case 'anchored':
      return Math.ceil(vocabulary / (top - 1))
    case 'two anchors':
      return Math.ceil(vocabulary / (top - 2))
    case 'known image':
      return Math.ceil(hidden / (top - 1))
  }
}
