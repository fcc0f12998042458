import { describe, expect, it } from 'vitest'
import { npyBytes } from '../models/readers/npyBytes.ts'
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

describe('a brought matrix of a million entries', () => {
  const entries = Float32Array.from({ length: 2048 * 512 }, (_, i) => Math.sin(i))
  const files = { 'own.npy': npyBytes(entries, { descr: '<f4', shape: '(2048, 512)' }) }

  it('a stop is heard while the rounding of its entries is looked for, and the run says whose they are', async () => {
    const stop = new AbortController()
    const heard: string[] = []
    const progress = (_: number, doing: string) => {
      // The first report comes before the look begins.
      if (heard.at(-1) === doing && doing.startsWith('rounding')) stop.abort()
      heard.push(doing)
    }
    await expect(rankOf({ file: 'own.npy' }, { files, signal: stop.signal, progress })).rejects.toThrow(/abort/)
    const doing = 'rounding of the entries of own.npy'
    expect(heard).toEqual(['reading the matrix', doing, doing])
  })

  it('is named while its singular values are computed', async () => {
    const stop = new AbortController()
    const heard: string[] = []
    const progress = (_: number, doing: string) => {
      heard.push(doing)
      if (doing.startsWith('singular')) stop.abort()
    }
    await expect(rankOf({ file: 'own.npy' }, { files, signal: stop.signal, progress })).rejects.toThrow(/abort/)
    expect(heard.at(-1)).toBe('singular values of own.npy, 2048 × 512')
  })
})
