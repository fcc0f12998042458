import { OutputTokens } from '../../math/bottleneck/outputTokens.ts'
import { portableNormals } from '../../math/bottleneck/portableNormals.ts'
import { tokenTester } from '../../math/bottleneck/unargmaxable.ts'
import type { ArgmaxGeometryExperiment } from './experiment.ts'
import type { ShareAt } from './result.ts'

/** Where the share is computed. */
export const shareDimensions = [2, 3, 4, 6, 8, 12, 16, 24] as const

type Layers = Pick<ArgmaxGeometryExperiment, 'shareVocabulary' | 'shareSeed'>

/** Counts that were made once: a drag must not make them again. */
const counted = new Map<string, number>()
const keyOf = ({ shareVocabulary, shareSeed }: Layers, d: number) => `${shareVocabulary} ${shareSeed} ${d}`

/** What is known of the shares so far. */
export function knownShares(layers: Layers): ShareAt[] {
  return shareDimensions.flatMap((d) => {
    const count = counted.get(keyOf(layers, d))
    return count === undefined ? [] : [{ d, count, share: count / layers.shareVocabulary }]
  })
}

/**
 * Tests random layers, rows of the seed `shareSeed` + d, one token a step; each yield is after a token, and says true when
 * a dimension is complete.
 */
export function* shareSteps(layers: Layers): Generator<boolean, void, void> {
  const { shareVocabulary, shareSeed } = layers
  for (const d of shareDimensions) {
    if (counted.has(keyOf(layers, d))) continue
    const test = tokenTester(new OutputTokens(portableNormals(shareSeed + d, shareVocabulary, d), null))
    let count = 0
    for (let token = 0; token < shareVocabulary; token++) {
      if (test(token).kind === 'unargmaxable') count++
      if (token === shareVocabulary - 1) counted.set(keyOf(layers, d), count)
      yield token === shareVocabulary - 1
    }
  }
}
