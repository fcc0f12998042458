import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createEngineClient, type EngineClient } from '../../src/engine/client.ts'
import type { RowsJob } from '../../src/engine/contract.ts'
import { createEngine } from '../../src/engine/engine.ts'
import { serveInPage } from '../../src/engine/host.ts'
import type { TestHandlers } from './testWorker.ts'

const worker = () => new Worker(new URL('./testWorker.ts', import.meta.url), { type: 'module' })
let client: EngineClient<TestHandlers>

beforeEach(() => void (client = createEngineClient<TestHandlers>({ worker })))
afterEach(() => client.dispose())

/** Logits in [−8, 8) from a linear congruential generator. */
function logits(count: number, seed = 1): Float32Array {
  let state = seed
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 28 - 8
  })
}

const softmaxJob = (rows: number, cols: number, seed?: number): RowsJob => {
  return { kind: 'forward', normalizer: 'softmax', params: {}, rows, cols, x: logits(rows * cols, seed) }
}

async function first<T>(answers: AsyncIterable<T>): Promise<T> {
  for await (const answer of answers) return answer
  throw new Error('no answer')
}

const buffers = () => first(client.stream('buffers', null))
const hasTfjs = () => first(client.stream('hasTfjs', null))
const destroy = () => first(client.stream('destroy', null))

const gpuStatus = () => client.status().rungs[0]!

function largestGap(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let gap = 0
  for (let i = 0; i < a.length; i++) gap = Math.max(gap, Math.abs(a[i]! - b[i]!))
  return gap
}

describe('the worker with a WebGPU device', () => {
  it('loads no tfjs for a job of 65,535 entries, and does for one that names WebGPU', async () => {
    expect((await client.rows(softmaxJob(5, 13_107))).rung).toBe('cpu')
    expect(await hasTfjs()).toBe(false)
    expect((await client.rows(softmaxJob(5, 65), { rung: 'webgpu' })).rung).toBe('webgpu')
    expect(await hasTfjs()).toBe(true)
  })

  it('agrees with float64 within 1e-6 at 7 x 65 and 300 x 1000, and names the device', async () => {
    for (const [rows, cols] of [
      [7, 65],
      [300, 1000],
    ] as const) {
      const job = softmaxJob(rows, cols)
      const gpu = await client.rows(job, { rung: 'webgpu' })
      const cpu = await client.rows(job, { rung: 'cpu' })
      expect(gpu).toMatchObject({ rung: 'webgpu', precision: 'float32', device: gpuStatus().device })
      expect(cpu).toMatchObject({ rung: 'cpu', precision: 'float64' })
      expect(gpu.milliseconds).toBeGreaterThan(0)
      // Weights are at most 1: 1e-6 is 16 roundings of float32.
      expect(largestGap(gpu.y, cpu.y)).toBeLessThan(1e-6)
    }
  })

  it('obeys the edge rules as float64 does: NaN, +∞, −∞, masks, nothing kept', async () => {
    const x = Float64Array.of(0, NaN, 1, 0, Infinity, 1, 0, -Infinity, 0, 3, 0, 3, -Infinity, 1, 2)
    const mask = Uint8Array.of(1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 0, 0)
    const job: RowsJob = { kind: 'forward', normalizer: 'softmax', params: {}, rows: 5, cols: 3, x, mask }
    const { y, rung } = await client.rows(job, { rung: 'webgpu' })
    const near = (value: number): unknown => expect.closeTo(value, 6)
    expect(rung).toBe('webgpu')
    expect([...y.subarray(0, 9)]).toEqual([NaN, NaN, NaN, NaN, NaN, NaN, 0.5, 0, 0.5])
    expect([...y.subarray(9)]).toEqual([0, near(1 / (1 + Math.E ** 3)), near(1 / (1 + Math.E ** -3)), 0, 0, 0])
  })

  it('measures a large job under auto and gives it to the CPU if the GPU is emulated, and says why', async () => {
    const { rung } = await client.rows(softmaxJob(64, 1024))
    const { reason, software, state } = gpuStatus()
    expect(state).toBe('ready')
    expect(rung).toBe(software ? 'cpu' : client.status().running)
    const emulated = /^WebGPU is a software device here.*: [\d.]+ ms against [\d.]+ ms on the CPU/
    expect(reason ?? '').toMatch(software ? emulated : /^$|against/)
    for (const each of client.status().rungs) expect(each.nanosecondsPerEntry).toBeGreaterThan(0)
  })

  it('runs on WebGPU when a person chooses it, and on the CPU when they choose that', async () => {
    client.choose('webgpu')
    expect((await client.rows(softmaxJob(3, 5))).rung).toBe('webgpu')
    expect(client.status()).toMatchObject({ choice: 'webgpu', running: 'webgpu' })
    client.choose('cpu')
    expect((await client.rows(softmaxJob(3, 5))).rung).toBe('cpu')
  })

  it('keeps what it measured on the device for the next visit', async () => {
    await caches.delete('softscope-tuning')
    await client.rows(softmaxJob(3, 5), { rung: 'webgpu' })
    const kept = await caches.open('softscope-tuning')
    await expect.poll(async () => (await kept.keys()).length).toBe(1)
    const [address] = await kept.keys()
    const plan = await (await kept.match(address!))?.text()
    expect(plan).toMatch(/narrow/)
  })

  it('gives a handler in the worker the same engine', async () => {
    expect(await first(client.stream('sumOnGpu', Float64Array.of(1, 2, 3)))).toBeCloseTo(1, 6)
    expect(gpuStatus().state).toBe('ready')
  })

  it('refuses, by name, what has no kernel or does not fit in float32; without a name the CPU takes it', async () => {
    const gumbel: RowsJob = { ...softmaxJob(2, 3), normalizer: 'gumbel' }
    await expect(client.rows(gumbel, { rung: 'webgpu' })).rejects.toThrow('there is no kernel for gumbel')
    const huge: RowsJob = { ...softmaxJob(1, 2), x: Float64Array.of(1e300, 1e300) }
    await expect(client.rows(huge, { rung: 'webgpu' })).rejects.toThrow('1e+300')
    client.choose('webgpu')
    expect((await client.rows(gumbel)).rung).toBe('cpu')
    expect([...(await client.rows(huge)).y]).toEqual([0.5, 0.5])
  })
})

describe('the worker whose device fails', () => {
  it('reruns a job on the CPU when the device is destroyed under it, says so, and opens a new one when chosen again', async () => {
    client.choose('webgpu')
    const job = softmaxJob(4096, 512)
    const expected = await client.rows(job, { rung: 'cpu' })
    const destroyed: Promise<boolean>[] = []
    const result = await client.rows(job, {
      onProgress: () => destroyed.length === 0 && destroyed.push(destroy()),
    })
    expect(await Promise.all(destroyed)).toEqual([true])
    expect(result.rung).toBe('cpu')
    expect(largestGap(result.y, expected.y)).toBe(0)
    expect(gpuStatus()).toMatchObject({ state: 'lost', reason: 'the device was lost: the device was destroyed' })
    expect(client.status().running).toBe('cpu')
    client.choose('webgpu')
    const again = await client.rows(job)
    expect(again.rung).toBe('webgpu')
    expect(largestGap(again.y, expected.y)).toBeLessThan(1e-6)
    expect(gpuStatus()).toMatchObject({ state: 'ready', reason: null })
  })

  it('reruns a job on the CPU when the device is out of memory, says so, and runs the next one on the device', async () => {
    client.choose('webgpu')
    await client.rows(softmaxJob(3, 5))
    await first(client.stream('starve', 'no room for 5 buffers'))
    expect((await client.rows(softmaxJob(30, 50))).rung).toBe('cpu')
    expect(gpuStatus().reason).toMatch(/^out of memory on a job of 30 x 50: .*no room for 5 buffers/)
    expect((await client.rows(softmaxJob(30, 50))).rung).toBe('webgpu')
  })
})

describe('jobs on the device', () => {
  it('leave no buffer behind: a thousand of many shapes, with masks and vjps', async () => {
    await client.rows(softmaxJob(3, 5), { rung: 'webgpu' })
    expect(await buffers()).toBe(0)
    for (let i = 0; i < 1000; i++) {
      const job = softmaxJob(1 + (i % 7), 1 + (i % 67), i)
      const mask = Uint8Array.from(job.x, (_, at) => (at % 5 === 0 ? 0 : 1))
      const variant =
        i % 3 === 0 ? job : i % 3 === 1 ? { ...job, mask } : { ...job, kind: 'vjp' as const, cotangent: job.x }
      expect((await client.rows(variant, { rung: 'webgpu' })).rung).toBe('webgpu')
    }
    expect(await buffers()).toBe(0)
  }, 180_000)

  it('stop when they are cancelled: no progress after two slices, no buffer left, the next job runs at once', async () => {
    await client.rows(softmaxJob(3, 5), { rung: 'webgpu' })
    const controller = new AbortController()
    const fractions: number[] = []
    const run = client.rows(softmaxJob(8192, 1024), {
      rung: 'webgpu',
      signal: controller.signal,
      onProgress(fraction) {
        fractions.push(fraction)
        controller.abort()
      },
    })
    await expect(run).rejects.toMatchObject({ name: 'AbortError' })
    const seen = fractions.length
    expect(fractions[0]).toBeLessThan(0.5)
    await client.rows(softmaxJob(3, 5), { rung: 'webgpu' })
    expect(fractions).toHaveLength(seen)
    await expect.poll(buffers).toBe(0)
  })

  it('give way to a newer one under the same key', async () => {
    const older = client.rows(softmaxJob(8192, 1024), { rung: 'webgpu', newest: 'cell' })
    const newer = client.rows(softmaxJob(3, 5), { rung: 'webgpu', newest: 'cell' })
    await expect(older).rejects.toMatchObject({ name: 'AbortError' })
    expect((await newer).y).toHaveLength(15)
  })
})

describe('a page whose worker does not load', () => {
  it('serves itself if it was given the means, and says what failed if not', async () => {
    const missing = () => new Worker(new URL('/no-such-worker.js', location.href), { type: 'module' })
    const alone = createEngineClient({ worker: missing })
    await expect(alone.rows(softmaxJob(1, 2))).rejects.toThrow('engine: its worker failed')
    const inPage = createEngineClient({
      worker: missing,
      inPage: () => Promise.resolve(serveInPage({ engine: createEngine(), handlers: {} })),
    })
    expect((await inPage.rows(softmaxJob(1, 2))).rung).toBe('cpu')
    inPage.dispose()
  })
})
