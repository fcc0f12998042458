import { mapEntries } from '../linalg/matrix.ts'
import { powerNear } from '../linalg/powerNear.ts'
import { largestMagnitude } from '../reductions.ts'
import { defineEstimator, type Estimator, type Reading } from './contract.ts'
import { deadReading, pairwiseReadings } from './pairwiseDensity.ts'
import { positiveParam } from './params.ts'
import type { Labels, Samples } from './sample.ts'

/** What tells one adaptive KDE from the other. */
interface AdaptiveKde {
  readonly id: string
  readonly label: string
  readonly summary: string
  /** The rule as the parameter `rule` names it. */
  readonly rule: string
  /** The noise variance, in squares of `scale`, for a factor c and the largest |activation| in units of it. */
  readonly variance: (c: number, largest: number, scale: number) => number
}

/** A KDE bound whose noise variance follows the largest activation of the layer. Nats. O(n² d). */
export function adaptiveKde({ id, label, summary, rule, variance }: AdaptiveKde): Estimator {
  const read = (T: Samples, sets: readonly Labels[], c: number, bound: 'upper' | 'lower'): readonly Reading[] => {
    // Near 1 no square leaves the range of numbers; only the entropy knows of the scale.
    const scale = powerNear(T.values)
    const near1 = mapEntries(T, (value) => value / scale)
    const noise = variance(c, largestMagnitude(near1.values), scale)
    // All zero: the noise vanishes with the layer, and nothing is told.
    if (noise === 0) return sets.map(() => deadReading)
    return pairwiseReadings(near1, sets, noise, bound).map(({ nats: { H_T, ...told } }) => ({
      nats: { H_T: H_T! + T.cols * Math.log(scale), ...told },
    }))
  }
  return defineEstimator({
    id,
    label,
    summary,
    measure: 'shannon',
    accepts: ['activations'],
    params: {
      c: positiveParam('c', 'noise factor', 'More noise: fewer states told apart.', 1e-3, [1e-5, 1]),
      rule: {
        kind: 'choice',
        symbol: 'r',
        label: 'rule',
        about: 'How the noise follows the activations.',
        default: rule,
        options: [rule],
      },
      bound: {
        kind: 'choice',
        symbol: 'b',
        label: 'bound',
        about: 'The upper bound reads more, the lower less.',
        default: 'upper',
        options: ['upper', 'lower'],
      },
    },
    laws: ['permutes', 'dead-is-zero', 'at-most-log-n'],
    gaussianTolerance: null,
    cost: 'O(n² d)',
    affords: 1024,
    sources: [
      {
        cite: "Chelombiev, Houghton & O'Donnell 2019",
        title: 'Adaptive estimators show information compression in deep neural networks',
        where: 'arXiv:1902.09037',
      },
    ],
    estimate: ({ T, labels }, { c, bound }) => read(T, [labels], c, bound)[0]!,
    estimateEach: (T, labelSets, { c, bound }) => read(T, labelSets, c, bound),
  })
}
