import { describe, expect, it } from 'vitest'
import { golden, largestError } from '../math/bottleneck/fixtures.ts'
import { run, suspectIn } from './apiLeak.ts'

const api = golden<{
  prompts: { prompt: number; unbiasedTop: [number, number][]; batch: { tokens: number[]; truth: number[] }[] }[]
  image: { refToken: number; pivotTokens: number[]; fast: { maxAbsErrExact: number; maxAbsErr7Decimals: number }[] }
  recovery: { curve: { n: number; rankTol: number }[]; decimals7: { singularValues: number[] } }
  errorSummary: { method: string; bias: number; decimals: number | null; maxAbsErr: number | null }[]
}>('api')

describe('the api-leak panel on the golden model (V = 200, d = 12, top 5)', () => {
  it('knows the golden log-probabilities and shows the golden five at first', async () => {
    const { reading } = await run({})
    const { unbiasedTop, batch } = api.prompts[0]!
    for (const { tokens, truth } of batch)
      expect(
        largestError(
          tokens.map((t) => reading.truth[t]!),
          truth,
        ),
      ).toBeLessThan(1e-12)
    expect(reading.moves[0]!.reply.map(({ token }) => token)).toEqual(unbiasedTop.map(([token]) => token))
    // Rounded to 7 decimals.
    expect(
      largestError(
        reading.moves[0]!.reply.map((r) => r.logProbability),
        unbiasedTop.map(([, p]) => p),
      ),
    ).toBeLessThan(0.51e-7)
  })

  it('has the golden rank after each of 30 outputs with every digit, and finds 12 from the 13th on', async () => {
    const { growth } = (await run({ decimals: null, outputs: 30 })).campaign!
    expect(growth.map(({ outputs, rank }) => ({ n: outputs, rankTol: rank }))).toEqual(
      api.recovery.curve.map(({ n, rankTol }) => ({ n, rankTol })),
    )
    expect(growth.map(({ found }) => found)).toEqual(growth.map(({ outputs }) => (outputs > 12 ? 12 : null)))
  })

  it('has the golden singular values of 30 outputs at 7 decimals within what two roundings more can do', async () => {
    const { growth } = (await run({ outputs: 30 })).campaign!
    // The golden outputs are rounded; these are recovered from three rounded numbers each: ‖difference‖₂ is at most the edge.
    const { singularValues, edge } = growth[29]!
    const off = largestError(singularValues.slice(0, 12), api.recovery.decimals7.singularValues.slice(0, 12))
    expect(off).toBeLessThan(edge)
    expect(edge).toBeLessThan(2e-6)
  })

  it('rebuilds from the golden tokens where it takes the golden reference, in 3 calls', async () => {
    const { growth } = (await run({ decimals: null, outputs: 24 })).campaign!
    const shortcuts = growth.flatMap(({ shortcut }) => shortcut ?? [])
    const golden195 = shortcuts.find(({ reference }) => reference === api.image.refToken)!
    expect(golden195.tokens.flat()).toEqual(api.image.pivotTokens)
    for (const { calls, error } of shortcuts) {
      expect(calls).toBe(3)
      expect(error).toBeLessThan(1e-12)
    }
  })

  it('rebuilds within 1e-6 nats at 7 decimals, saving 47 of 50 calls', async () => {
    const { campaign, values } = await run({ collected: 13 })
    for (const { shortcut } of campaign!.growth) expect(shortcut?.error ?? 0).toBeLessThan(1e-6)
    expect([values['foundD'], values['callsRebuilt'], values['callsSaved']]).toEqual([12, 3, 47])
  })

  it('has errors of the size of the golden ones: they are the largest of 195 tokens, the golden ones of 15', async () => {
    for (const decimals of [7, null]) {
      const { topK, anchored } = (await run({ decimals, outputs: 2 })).stability!
      for (const bias of [10, 20, 40]) {
        const listed = api.errorSummary.find(
          (e) => e.method === 'topk' && e.bias === bias && e.decimals === decimals,
        )!.maxAbsErr!
        const { error } = topK.find((point) => point.bias === bias)!
        expect(error).toBeGreaterThan(listed)
        expect(error).toBeLessThan(12 * listed)
      }
      for (const { error } of anchored) expect(error).toBeLessThan(decimals === null ? 1e-13 : 2e-7)
    }
  })

  it('never flattens with the formula that cancels, at a bias of 20 and 7 decimals', async () => {
    const { campaign, suspects, values } = await run({ formula: 'batch', bias: 20, collected: 24 })
    expect(campaign!.growth.map(({ rank }) => rank)).toEqual(campaign!.growth.map(({ outputs }) => outputs))
    expect([values['foundD'], suspects]).toEqual(['not yet', null])
  })
})

const signature = golden<{
  versions: { kind: string; r: number | null; residualFirst5: number[]; imageRankChange: number }[]
}>('signature')
const kinds = {
  same: 'none',
  prompt: 'hidden_or_system_prompt',
  'fine-tune': 'full_finetune',
  other: 'other_model',
} as const

describe('the suspects on the golden signature (V = 180, d = 10, every digit)', () => {
  const setting = { vocabulary: 180, hidden: 10, seed: 4, sharpness: 1.5, decimals: null, outputs: 40 }

  it.each([1, 2, 4])('have the golden residuals and rank changes, with a LoRA of rank %i', async (loraRank) => {
    const result = await run({ ...setting, loraRank })
    const lora = signature.versions.find(({ kind, r }) => kind === 'lora_output_layer' && r === loraRank)!
    const others = Object.entries(kinds).map(
      ([id, kind]) => [id as keyof typeof kinds, signature.versions.find((v) => v.kind === kind)!] as const,
    )
    for (const [id, version] of [['lora', lora] as const, ...others]) {
      const { residual, rankChange } = suspectIn(result, id)
      expect({ id, rankChange }).toEqual({ id, rankChange: version.imageRankChange })
      // Outputs are recovered to 5e-15, so that residuals agree to 1e-12 or are nothing but rounding.
      expect(Math.abs(residual - version.residualFirst5[0]!)).toBeLessThan(1e-12)
    }
  })
})

describe('the attack on other models', () => {
  const sizes = [
    { vocabulary: 120, hidden: 5, seed: 11, outputs: 9, top: 3, loraRank: 1 },
    { vocabulary: 90, hidden: 16, seed: 12, outputs: 20, top: 8, loraRank: 5 },
    { vocabulary: 150, hidden: 1, seed: 13, outputs: 6, top: 2, loraRank: 1 },
    { vocabulary: 60, hidden: 9, seed: 14, outputs: 14, top: 20, loraRank: 3, sharpness: 0.7 },
  ]
  it.each(sizes)('finds d = $hidden among $vocabulary tokens at top $top, and certifies it', async (size) => {
    const { campaign } = await run(size)
    for (const { outputs, found, residual, residualLimit, layerMismatch } of campaign!.growth) {
      expect(found).toBe(outputs > size.hidden ? size.hidden : null)
      if (found === null) continue
      expect(residual).toBeLessThan(residualLimit)
      expect(residualLimit).toBeLessThan(1e-5)
      expect(layerMismatch).toBeLessThan(1e-5)
    }
  })

  it.each(sizes)('tells all suspects apart there: rank changes 0, 0, 0, r, d, d (d = $hidden)', async (size) => {
    const { suspects } = await run(size)
    const d = size.hidden
    expect(suspects!.map(({ rankChange }) => rankChange)).toEqual([0, 0, 0, size.loraRank, d, d])
    expect(suspects!.map(({ imageChanged }) => imageChanged)).toEqual(['no', 'no', 'no', 'yes', 'yes', 'yes'])
    expect(suspects!.map(({ outputsChanged }) => outputsChanged)).toEqual(['no', 'yes', 'yes', 'yes', 'yes', 'yes'])
  })
})
