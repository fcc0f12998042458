import { describe, expect, it } from 'vitest'
import { hardwarePlans, kindOf, softwarePlans, tune, untuned } from '../../src/kernels/webgpu/autotune.ts'
import { useGpu } from '../support/gpu.ts'

const gpu = useGpu()

describe('tune', () => {
  it('chooses plans that are made for the kind of device', async () => {
    for (const software of [true, false]) {
      const tuning = await tune(gpu().backend, 'any', software)
      for (const plan of Object.values(tuning)) expect(software ? softwarePlans : hardwarePlans).toContain(plan)
    }
  })

  it('measures once a device: what was kept is used, under its key and no other', async () => {
    const kept = new Map<string, string>()
    const store = {
      get: (key: string) => kept.get(key) ?? null,
      set: (key: string, value: string) => void kept.set(key, value),
    }
    const first = await tune(gpu().backend, 'a', true, { store })
    expect([...kept.keys()]).toEqual(['a'])
    kept.set('a', JSON.stringify({ narrow: 2, wide: 1, lone: 2 }))
    const again = await tune(gpu().backend, 'a', true, { store })
    expect(again).toEqual({ narrow: softwarePlans[2], wide: softwarePlans[1], lone: softwarePlans[2] })
    expect(await tune(gpu().backend, 'b', true, { store, budget: 0 })).toEqual(untuned(true))
    expect(Object.keys(first)).toEqual(['narrow', 'wide', 'lone'])
  })

  it('goes on without a store that throws, or with one that holds nonsense', async () => {
    const refusing = {
      get: (): string | null => {
        throw new Error('storage is refused here')
      },
      set: () => {
        throw new Error('storage is refused here')
      },
    }
    const nonsense = { get: () => '{"narrow": 99', set: () => undefined }
    for (const store of [refusing, nonsense])
      expect(await tune(gpu().backend, 'c', true, { store, budget: 0 })).toEqual(untuned(true))
  })
})

describe('kindOf', () => {
  it('tells short rows, long rows, and rows too few to fill a device', () => {
    expect(kindOf(32768, 128)).toBe('narrow')
    expect(kindOf(1024, 4096)).toBe('wide')
    expect(kindOf(1, 1_048_576)).toBe('lone')
    expect(kindOf(1, 32)).toBe('narrow')
  })
})
