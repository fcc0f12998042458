import { bisectionPrecision, type ReadingStrategy } from './outputMoves.ts'
import { noiseEdge } from './rank.ts'

/** Standard deviations of the errors in a recovered output, nats, as far as they change its shape. */
export interface RecoveryNoise {
  /** Each token's own. */
  readonly own: number
  /** Common to the tokens of one call: that of the anchor. */
  readonly shared: number
  /** Tokens of one call. */
  readonly batch: number
}

/** What rounding in float64 leaves in a log-probability that is shown with every digit. */
const float64 = 4e-15

/**
 * The errors that an attacker must expect who knows the interface's rules. Those of the unstable formula are much
 * larger where it cancels; nothing in a reply says so.
 * @param decimals  of a log-probability, or null for all digits
 * @param noise  standard deviation of what the interface adds
 */
export function recoveryNoise(
  strategy: ReadingStrategy,
  rules: { readonly top: number; readonly decimals: number | null; readonly noise: number },
): RecoveryNoise {
  const rounding = rules.decimals === null ? float64 : 10 ** -rules.decimals / Math.sqrt(12)
  const sigma = Math.hypot(rounding, rules.noise)
  const alone = { shared: 0, batch: 1 }
  switch (strategy) {
    case 'anchored':
      return { own: sigma, shared: sigma, batch: rules.top - 1 }
    case 'least bias':
      // d ln p / d ln p′ = 1 / (1 − p′), and p′ is at most e / (1 + e).
      return { own: (1 + Math.E) * sigma, ...alone }
    case 'bisection':
      return { own: bisectionPrecision / Math.sqrt(12), ...alone }
    case 'batch':
    case 'unbiased':
      return { own: sigma, ...alone }
  }
}

/** A bound is passed only by this much more. */
const margin = 1.25

/**
 * What the largest singular value of these errors in n outputs does not pass. A shared error acts as one column for a
 * whole call, √batch times as strong.
 */
export function recoveryEdge({ own, shared, batch }: RecoveryNoise, outputs: number, vocabulary: number): number {
  const calls = noiseEdge(shared * Math.sqrt(batch), outputs, vocabulary / batch)
  return margin * (noiseEdge(own, outputs, vocabulary) + calls)
}

/**
 * The residual that an output of the same model may have by its own errors and those of the image.
 * @param size  ‖c‖ of the centred output
 * @param tilt  of the image: the edge of its outputs' errors over their weakest singular value
 */
export const residualLimit = (noise: RecoveryNoise, vocabulary: number, size: number, tilt: number): number =>
  recoveryEdge(noise, 1, vocabulary) / size + tilt

/** Directions of centred outputs that stand out of what errors and float64 leave. */
export function directionsAbove(s: Float64Array, edge: number, rows: number, cols: number): number {
  const limit = Math.max(edge, (s[0] ?? 0) * Math.max(rows, cols) * Number.EPSILON)
  return s.reduce((sum, value) => sum + (value > limit ? 1 : 0), 0)
}
