import { describe, expect, it } from 'vitest'
import { addedInShort, callsToTell, changesOf } from '../../src/panels/apiLeak/suspectWords.ts'
import type { SuspectReading } from '../../src/panels/apiLeak/result.ts'
import { run, suspectIn } from './apiLeak.ts'

const reading: SuspectReading = {
  id: 'lora',
  label: 'LoRA on the output layer',
  difference: 5,
  differenceLimit: 1e-6,
  outputsChanged: 'yes',
  residual: 0.6,
  residualLimit: 2e-7,
  imageChanged: 'yes',
  rankChange: 2,
  rankTolerance: 1e-7,
  calls: 50,
  callsForRank: 650,
}
const words = (patch: Partial<SuspectReading>) => {
  const suspect = { ...reading, ...patch }
  return [changesOf(suspect), callsToTell(suspect)]
}

describe('what is said of a suspect', () => {
  it('is what changed and how many calls tell it, where errors are small', () => {
    expect(words({})).toEqual([
      'the outputs changed, the image changed (residual 0.6; errors alone reach 2e−7), and its outputs add 2 directions',
      'One of its outputs, 50 calls, decides whether the image is the same; the number of added directions takes 650.',
    ])
  })

  it('is first what is known, then what errors hide', () => {
    const measured = '(residual 0.6; errors alone reach 0.9)'
    expect(words({ residualLimit: 0.9, imageChanged: 'unclear', rankChange: 0, rankTolerance: 0.1 })).toEqual([
      `the outputs changed and its outputs add no direction that stands out of the errors; errors hide whether its image changed ${measured}`,
      'Errors hide whether the image is the same: no number of these calls decides. Directions that stand out of the errors take 650.',
    ])
    expect(words({ rankChange: NaN })).toEqual([
      'the outputs changed and the image changed (residual 0.6; errors alone reach 2e−7); errors hide how many directions it adds',
      'One of its outputs, 50 calls, decides whether the image is the same; how many directions are added, errors hide from any number of calls.',
    ])
  })

  it.each([
    [{}, '2 directions added'],
    [{ rankChange: 1, rankTolerance: 0.1 }, 'at least 1 direction added'],
    [{ rankChange: 0, imageChanged: 'no' as const }, 'no direction added'],
    [{ rankChange: 0, imageChanged: 'unclear' as const }, 'no direction stands out'],
    [{ rankChange: NaN }, 'errors hide what it adds'],
  ])('fits on a button: %j is “%s”', (patch, said) => {
    expect(addedInShort({ ...reading, ...patch })).toBe(said)
  })

  it('does not blame errors where an output has gaps', () => {
    expect(words({ residual: NaN, residualLimit: NaN, imageChanged: 'unclear', rankChange: NaN })).toEqual([
      'the outputs changed; it is open whether its image changed (its output did not come back whole) and how many directions it adds',
      'Its output did not come back whole, so that it cannot be held against the image.',
    ])
  })
})

describe('the last part of the play', () => {
  it('rounded to whole numbers says that no number of calls decides, in one sentence that can be read', async () => {
    const result = await run({ guards: ['rounding'], coarse: 0, step: 'compare', collected: 24 })
    expect(result.sentence).toMatch(
      /^LoRA on the output layer: errors hide whether its outputs changed, whether its image changed \(residual 0\.59; errors alone reach 1\.3\), and how many directions it adds\.$/,
    )
    for (const suspect of result.suspects!)
      expect(callsToTell(suspect)).toBe(
        'Errors hide whether the image is the same and how many directions are added: no number of these calls decides.',
      )
  })

  it('says what a LoRA of rank 20 adds to a layer of 12 columns: no more than 12', async () => {
    const result = await run({ loraRank: 20, step: 'compare', collected: 24, suspect: 'lora' })
    expect(suspectIn(result, 'lora').rankChange).toBe(12)
    expect(result.sentence).toMatch(
      /add 12 directions\. The layer has 12 columns, so of rank 20 no more than 12 can be added\.$/,
    )
    expect((await run({ loraRank: 12, step: 'compare', collected: 24 })).sentence).not.toContain('columns')
  })

  it.each([
    [{ guards: ['no-bias'] }, 'without a bias 5 of 200 log-probabilities of an output are seen. Switch the guard'],
    [{ guards: ['noise'], noise: 5 }, 'nothing stands out of the errors of the replies. Loosen a guard'],
    [{ outputs: 8 }, 'each of the 8 outputs was new. Pay for more of them'],
    [{ formula: 'batch', bias: 20 }, 'each output looked new, by the errors of this formula. Take the anchored one.'],
  ] as const)('without an image says what would give one: %o', async (patch, advice) => {
    const { sentence } = await run({ ...patch, guards: [...('guards' in patch ? patch.guards : [])], step: 'compare' })
    expect(sentence).toContain(`There is no image to compare with: ${advice}`)
  })
})
