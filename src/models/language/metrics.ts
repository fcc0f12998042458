import { DomainError } from '../../math/errors.ts'

/** Attention maps, shape [layers, heads, tokens, tokens]: query by key. */
export interface Maps {
  readonly layers: number
  readonly heads: number
  readonly tokens: number
  readonly values: Float64Array | Float32Array
}

/**
 * How much attention key k gets from the queries that can see it, in the first T tokens:
 *   α_k = Σ_{i ≥ k}^{T} A_{ik} / (T − k + 1)
 * Weights count as they are: a row that sums to less than one is not scaled up.
 * @param tokens     T, at most the maps'
 * @param skipFirst  leaves query 1 out, whose weight on key 1 is 1 for every softmax
 * @returns shape [layers, heads, T]
 * Source: Gu et al. 2024, arXiv:2410.10781.
 */
export function importance(maps: Maps, tokens = maps.tokens, skipFirst = false): Float64Array {
  const { layers, heads, tokens: all, values } = maps
  if (!(tokens >= 1 && tokens <= all))
    throw new DomainError(`importance: ${tokens} tokens asked for; the maps have ${all}`)
  const out = new Float64Array(layers * heads * tokens)
  for (let map = 0; map < layers * heads; map++)
    for (let key = 0; key < tokens; key++) {
      const from = skipFirst ? Math.max(key, 1) : key
      let sum = 0
      for (let query = from; query < tokens; query++) sum += values[(map * all + query) * all + key]!
      out[map * tokens + key] = tokens > from ? sum / (tokens - from) : NaN
    }
  return out
}

/**
 * α of the first key where every query spreads its attention evenly: H_T / T, with H_T = Σ 1/i. Without query 1,
 * (H_T − 1) / (T − 1). A sink rate means nothing unless ε is above it.
 */
export function uniformImportance(tokens: number, skipFirst = false): number {
  let sum = 0
  for (let i = skipFirst ? 2 : 1; i <= tokens; i++) sum += 1 / i
  return sum / (skipFirst ? tokens - 1 : tokens)
}

/** Share of heads whose α is above ε; each head of the text counts once. */
export function sinkRate(alphas: ArrayLike<number>, epsilon: number): number {
  let above = 0
  for (let i = 0; i < alphas.length; i++) if (alphas[i]! > epsilon) above++
  return above / alphas.length
}

/** What a head's map is like, over its visible entries: key ≤ query. */
export interface MapStats {
  /** Share of entries that are exactly 0. */
  readonly zeros: number
  /** Share below 10⁻⁴ in size, zeros among them. */
  readonly tiny: number
  /** Mean sum of a row. */
  readonly rowMass: number
  /** Rows that are all 0. */
  readonly deadRows: number
  /** Mean weight of a query on itself and on the token before it; over queries 2 to T. */
  readonly onSelf: number
  readonly onPrevious: number
}

/** Of each map, in the order [layers, heads]. */
export function mapStats({ layers, heads, tokens, values }: Maps): MapStats[] {
  return Array.from({ length: layers * heads }, (_, map) => {
    const counts = { zeros: 0, tiny: 0, mass: 0, dead: 0, self: 0, previous: 0 }
    for (let query = 0; query < tokens; query++) {
      const at = (map * tokens + query) * tokens
      let sum = 0
      let zeros = 0
      for (let key = 0; key <= query; key++) {
        const weight = values[at + key]!
        sum += weight
        if (weight === 0) zeros++
        if (Math.abs(weight) < 1e-4) counts.tiny++
      }
      counts.zeros += zeros
      counts.mass += sum
      if (zeros === query + 1) counts.dead++
      if (query > 0) counts.self += values[at + query]!
      if (query > 0) counts.previous += values[at + query - 1]!
    }
    const visible = (tokens * (tokens + 1)) / 2
    return {
      zeros: counts.zeros / visible,
      tiny: counts.tiny / visible,
      rowMass: counts.mass / tokens,
      deadRows: counts.dead,
      onSelf: counts.self / (tokens - 1),
      onPrevious: counts.previous / (tokens - 1),
    }
  })
}

/** ‖v‖ of the first token over the mean of the others'; NaN for one token. `norms` has shape [T]. */
export function firstOverRest(norms: Float64Array): number {
  const rest = norms.subarray(1)
  return norms[0]! / (rest.reduce((sum, norm) => sum + norm, 0) / rest.length)
}
