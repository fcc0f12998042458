import { parse } from 'valibot'
import { describe, expect, it } from 'vitest'
import type { Engine, RowsJob } from '../../src/engine/contract.ts'
import { compute } from '../../src/panels/activations/compute.ts'
import { schema } from '../../src/panels/activations/experiment.ts'
import { largestErrors, ulpOfFloat32 } from '../../src/panels/activations/gpu.ts'
import type { ActivationsResult } from '../../src/panels/activations/result.ts'

function engineThat(rows: (job: RowsJob) => ArrayLike<number>, jobs: RowsJob[] = []): Engine {
  return {
    status: () => ({ choice: 'auto', running: 'cpu', rungs: [] }),
    subscribe: () => () => undefined,
    choose: () => undefined,
    rows: async (job) => {
      jobs.push(job)
      return { y: Float32Array.from(rows(job)), rung: 'webgpu', precision: 'float32', device: 'test', milliseconds: 2 }
    },
  }
}

async function run(
  fields: object,
  engine: Engine,
  signal = new AbortController().signal,
): Promise<ActivationsResult[]> {
  const out: ActivationsResult[] = []
  const context = {
    engine,
    signal,
    progress: () => undefined,
    data: async () => null,
    file: () => Promise.reject(new Error('no files here')),
  }
  for await (const result of compute(parse(schema, { gpu: true, ...fields }), context)) out.push(result)
  return out
}

describe('units in the last place', () => {
  it('are the gaps between float32 numbers: 2⁻²³ at 1, 2⁻²⁴ below it, 2⁻¹⁴⁹ at 0', () => {
    expect([1, 1.999, 0.999, 2, 0.25].map(ulpOfFloat32)).toEqual([2 ** -23, 2 ** -23, 2 ** -24, 2 ** -22, 2 ** -25])
    expect([0, 1e-45, 2 ** -126, -1].map(ulpOfFloat32)).toEqual([2 ** -149, 2 ** -149, 2 ** -149, 2 ** -23])
  })

  it('largestErrors finds the worst entry in ulp, which need not be the worst in absolute terms', () => {
    const exact = [0.5, 2 ** -20]
    const off = [0.5 + 2 * 2 ** -24, 2 ** -20 + 8 * 2 ** -43]
    expect(largestErrors(off, exact)).toEqual({ absolute: 2 ** -23, ulp: 8, worst: 1 })
    expect(largestErrors([NaN, 0], [NaN, 0])).toEqual({ absolute: 0, ulp: 0, worst: 0 })
  })

  it('largestErrors lets no later error hide a NaN of the kernel, wherever it stands', () => {
    const wrong = { absolute: NaN, ulp: NaN }
    expect(largestErrors([NaN, 0.50000006], [0.5, 0.5])).toEqual({ ...wrong, worst: 0 })
    expect(largestErrors([0.50000006, NaN], [0.5, 0.5])).toEqual({ ...wrong, worst: 1 })
  })
})

describe('a run on the GPU', () => {
  it('first gives float64 alone, then the kernel beside it: two ulp at ¼ are 2⁻²⁴', async () => {
    const jobs: RowsJob[] = []
    const results = await run(
      { logits: [0, 0, 0, 0], variants: ['softmax'] },
      engineThat(() => [0.25, 0.25 + 2 ** -24, 0.25, 0.25], jobs),
    )
    expect(results.map(({ gpuState }) => gpuState)).toEqual(['running', 'done'])
    expect(results[1]!.variants[0]!.gpu).toMatchObject({
      state: 'ran',
      device: 'test',
      milliseconds: 2,
      absolute: 2 ** -24,
      ulp: 2,
      worst: 1,
    })
    expect(jobs[0]).toMatchObject({ kind: 'forward', normalizer: 'softmax', rows: 1, cols: 4 })
  })

  it('measures against the row rounded to float32, and sends the mask', async () => {
    const jobs: RowsJob[] = []
    const exactly = ({ x, mask }: RowsJob) => {
      const kept = Array.from(x, (value, i) => (mask?.[i] === 0 ? 0 : Math.exp(value)))
      const sum = kept.reduce((all, value) => all + value, 0)
      return kept.map((value) => value / sum)
    }
    const [, done] = await run({ logits: [0.1, 0.7, 5], masked: [2], variants: ['softmax'] }, engineThat(exactly, jobs))
    expect(jobs[0]!.x).toBeInstanceOf(Float32Array)
    expect([...jobs[0]!.mask!]).toEqual([1, 1, 0])
    const { gpu } = done!.variants[0]!
    // Rounding the exact weight to float32 is at most half an ulp.
    expect(gpu?.state === 'ran' && gpu.ulp).toBeLessThanOrEqual(0.5)
  })

  it('tells why it did not run, and keeps the float64 numbers', async () => {
    const engine: Engine = { ...engineThat(() => []), rows: () => Promise.reject(new Error('no adapter')) }
    const [, done] = await run({ logits: [1, 0], variants: ['softmax'] }, engine)
    expect(done!.variants[0]!.gpu).toEqual({ state: 'refused', reason: 'no adapter' })
    expect(done!.variants[0]!.weights).not.toBeNull()
  })

  it('times a kernel by the median of five runs after the first, which compiles', async () => {
    const [whole, kernel] = [
      [90, 2, 9, 3, 4, 5],
      [40, 0.2, 0.9, 0.3, 0.4, 0.5],
    ]
    const jobs: RowsJob[] = []
    const steady = engineThat(() => [0.5, 0.5], jobs)
    const engine: Engine = {
      ...steady,
      rows: async (job) => ({
        ...(await steady.rows(job)),
        milliseconds: whole![jobs.length - 1]!,
        kernelMilliseconds: kernel![jobs.length - 1]!,
      }),
    }
    const [, done] = await run({ logits: [0, 0], variants: ['softmax'] }, engine)
    expect(jobs).toHaveLength(6)
    expect(done!.variants[0]!.gpu).toMatchObject({ milliseconds: 4, kernelMilliseconds: 0.4 })
  })

  it('runs a slow kernel twice: once to compile, once for its time', async () => {
    const jobs: RowsJob[] = []
    const quick = engineThat(() => [0.5, 0.5], jobs)
    const slow: Engine = { ...quick, rows: async (job) => ({ ...(await quick.rows(job)), milliseconds: 400 }) }
    await run({ logits: [0, 0], variants: ['softmax'] }, slow)
    expect(jobs).toHaveLength(2)
  })

  const withGpu = (engine: Engine, state: 'ready' | 'unavailable' | 'lost', reason: string): Engine => ({
    ...engine,
    status: () => ({
      choice: 'auto',
      running: 'cpu',
      rungs: [{ id: 'webgpu', state, reason, device: null, software: false, nanosecondsPerEntry: null }],
    }),
  })

  it('says that the GPU is absent, in the words of its state, where the engine has none', async () => {
    const refusing: Engine = { ...engineThat(() => []), rows: () => Promise.reject(new Error('engine: cannot')) }
    const [, done] = await run(
      { logits: [1, 0], variants: ['softmax'] },
      withGpu(refusing, 'unavailable', 'there is no WebGPU here'),
    )
    expect(done!.variants[0]!.gpu).toEqual({ state: 'absent', reason: 'there is no WebGPU here' })
  })

  it('takes no answer of the CPU, to which the engine falls back, for one of the GPU', async () => {
    const steady = engineThat(() => [0.5, 0.5])
    const fallen: Engine = { ...steady, rows: async (job) => ({ ...(await steady.rows(job)), rung: 'cpu' }) }
    const gpuOf = async (engine: Engine) =>
      (await run({ logits: [0, 0], variants: ['softmax'] }, engine)).at(-1)!.variants[0]!.gpu
    expect(await gpuOf(withGpu(fallen, 'lost', 'the device was lost'))).toEqual({
      state: 'absent',
      reason: 'the device was lost',
    })
    expect(await gpuOf(fallen)).toEqual({ state: 'refused', reason: 'it ran on test instead' })
  })

  it('starts nothing for an experiment that was left at once', async () => {
    const controller = new AbortController()
    const jobs: RowsJob[] = []
    const left = run(
      { logits: [1, 0], variants: ['softmax'] },
      engineThat(() => [1, 0], jobs),
      controller.signal,
    )
    controller.abort()
    await expect(left).rejects.toThrow(/abort/i)
    expect(jobs).toEqual([])
  })
})
