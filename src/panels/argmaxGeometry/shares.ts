import { OutputTokens } from '../../math/bottleneck/outputTokens.ts'
import { portableNormals } from '../../math/bottleneck/portableNormals.ts'
import { tokenTester } from '../../math/bottleneck/unargmaxable.ts'
import type { ArgmaxGeometryExperiment } from './experiment.ts'
import type { ShareAt } from './result.ts'

/** Where the share is computed. */
export const shareDimensions = [2, 3, 4, 6, 8, 12, 16, 24] as const

type Layers = Pick<ArgmaxGeometryExperiment, 'shareVocabulary' | 'shareSeed'>

/** Tokens that can never win, by d, of the layers of one size and seed. */
interface Counts extends Layers {
  readonly byD: Map<number, number>
}

/** The counts made last for each owner, and no others: a drag must not make them again. They go when the owner does. */
const last = new WeakMap<object, Counts>()

/** How many tokens random layers lose. @param owner  who keeps the counts from one run to the next */
export function createShares(owner: object, { shareVocabulary, shareSeed }: Layers) {
  const before = last.get(owner)
  const isSame = before?.shareVocabulary === shareVocabulary && before.shareSeed === shareSeed
  const { byD } = isSame ? before : { byD: new Map<number, number>() }
  last.set(owner, { shareVocabulary, shareSeed, byD })
  return {
    /** What is known so far. */
    known: (): ShareAt[] =>
      shareDimensions.flatMap((d) => {
        const count = byD.get(d)
        return count === undefined ? [] : [{ d, count, share: count / shareVocabulary }]
      }),
    /**
     * Tests random layers, rows of the seed `shareSeed` + d, one token a step; each yield is after a token, and says true
     * when a dimension is complete.
     */
    *steps(): Generator<boolean, void, void> {
      for (const d of shareDimensions) {
        if (byD.has(d)) continue
        const test = tokenTester(new OutputTokens(portableNormals(shareSeed + d, shareVocabulary, d), null))
        let count = 0
        for (let token = 0; token < shareVocabulary; token++) {
          if (test(token).kind === 'unargmaxable') count++
          if (token === shareVocabulary - 1) byD.set(d, count)
          yield token === shareVocabulary - 1
        }
      }
    },
  }
}
