import { describe, expect, it } from 'vitest'
import { rankOf } from './rankMatrices.ts'

describe('a stop while the outputs of a model are made', () => {
  it.each([
    ['outputs of the model', {}],
    ['outputs: softmaxes', { compare: 'layers', layer: 'softmax' }],
  ] as const)('is heard during “%s”', async (wanted, patch) => {
    const stop = new AbortController()
    const heard: string[] = []
    const progress = (fraction: number, doing: string) => {
      if (!heard.includes(doing)) heard.push(doing)
      if (doing === wanted && fraction < 0.9) stop.abort()
    }
    const run = rankOf(
      {
        view: 'centred',
        layer: 'mixture-of-softmaxes',
        components: 16,
        vocabulary: 1024,
        hidden: 200,
        prompts: 60,
        ...patch,
      },
      { signal: stop.signal, progress },
    )
    await expect(run).rejects.toThrow(/abort/)
    expect(heard.at(-1)).toBe(wanted)
  })
})
