import { describe, expect, it } from 'vitest'
import { cpuSource } from '../../src/engine/cpuRung.ts'
import { createEngine } from '../../src/engine/engine.ts'
import { DeviceLostError, OutOfMemoryError } from '../../src/engine/errors.ts'
import { fakeGpu, quarterJob, type Fake } from './fakeRung.ts'

const small = quarterJob(3)
/** Large enough that auto considers a GPU for it: 65,536 entries. */
const large = quarterJob(32_768)
const ladder = (gpu: Fake) => createEngine([gpu, cpuSource])
const statusOf = (engine: ReturnType<typeof ladder>) => engine.status().rungs[0]!
/** Settles as a device that never answers: not at all. */
const never = () => new Promise<void>(() => undefined)

describe('the ladder under auto', () => {
  it('runs a job of 6 entries on the CPU and does not open a GPU for it', async () => {
    const gpu = fakeGpu()
    const engine = ladder(gpu)
    const { rung, y, precision } = await engine.rows(small)
    expect([rung, precision, gpu.log.opened]).toEqual(['cpu', 'float64', 0])
    expect([...y.subarray(0, 2)]).toEqual([expect.closeTo(0.25, 15), expect.closeTo(0.75, 15)])
    expect(statusOf(engine).state).toBe('idle')
  })

  it('runs a job of 65,536 entries on the rung that was faster on the timed job, and opens it once', async () => {
    const gpu = fakeGpu({ milliseconds: 0.001 })
    const engine = ladder(gpu)
    expect((await engine.rows(large)).rung).toBe('webgpu')
    expect((await engine.rows(large)).rung).toBe('webgpu')
    expect(gpu.log.opened).toBe(1)
    expect(engine.status().running).toBe('webgpu')
    expect(engine.status().rungs[1]?.reason).toMatch(/^[\d.]+ ms against 0.001 ms on WebGPU, for 524,288 numbers$/)
  })

  it('prefers the CPU to a GPU that took 9 s for the timed job, and says so with both times', async () => {
    const engine = ladder(fakeGpu({ milliseconds: 9000 }))
    expect((await engine.rows(large)).rung).toBe('cpu')
    expect(statusOf(engine).reason).toMatch(/^9000 ms against [\d.]+ ms on the CPU, for 524,288 numbers$/)
  })

  it('does not choose an emulated GPU by itself, however fast it claims to be', async () => {
    const engine = ladder(fakeGpu({ software: true, milliseconds: 0.001 }))
    expect((await engine.rows(large)).rung).toBe('cpu')
    expect(statusOf(engine)).toMatchObject({ state: 'ready', software: true })
    expect(statusOf(engine).reason).toMatch(
      /^WebGPU is a software device here, never chosen by itself: 0.001 ms against/,
    )
  })

  it('runs on the CPU where there is no GPU, and says why', async () => {
    const gpu = fakeGpu({ unavailable: 'this browser has no WebGPU' })
    const engine = ladder(gpu)
    expect((await engine.rows(large)).rung).toBe('cpu')
    expect((await engine.rows(large)).rung).toBe('cpu')
    expect(statusOf(engine)).toMatchObject({ state: 'unavailable', reason: 'this browser has no WebGPU' })
    expect(gpu.log.opened).toBe(1)
  })

  it('does not trust a GPU whose softmax is off by 1e-3, and gives it back', async () => {
    const gpu = fakeGpu({ wrongBy: 1e-3 })
    const engine = ladder(gpu)
    expect((await engine.rows(large)).rung).toBe('cpu')
    expect(statusOf(engine).state).toBe('unavailable')
    expect(statusOf(engine).reason).toContain('its softmax is wrong')
    expect(gpu.log.disposed).toBe(1)
  })

  it('takes the CPU for a job that the GPU refuses', async () => {
    const engine = ladder(fakeGpu({ refuses: 'no kernel for it' }))
    expect((await engine.rows(large)).rung).toBe('cpu')
    expect(engine.status().running).toBe('webgpu')
  })
})

describe('the ladder under a choice', () => {
  it('runs every job on the chosen rung, small ones and software ones too', async () => {
    const engine = ladder(fakeGpu({ software: true, milliseconds: 9000 }))
    engine.choose('webgpu')
    expect((await engine.rows(small)).rung).toBe('webgpu')
    expect(engine.status()).toMatchObject({ choice: 'webgpu', running: 'webgpu' })
    engine.choose('cpu')
    expect((await engine.rows(large)).rung).toBe('cpu')
  })

  it('runs on the CPU while the chosen GPU cannot be had, and says so', async () => {
    const engine = ladder(fakeGpu({ unavailable: 'WebGPU found no adapter' }))
    engine.choose('webgpu')
    expect((await engine.rows(small)).rung).toBe('cpu')
    expect(engine.status()).toMatchObject({ choice: 'webgpu', running: 'cpu' })
    expect(statusOf(engine).reason).toBe('WebGPU found no adapter')
  })

  it('throws the reason when a job names a rung that is missing or refuses', async () => {
    const missing = ladder(fakeGpu({ unavailable: 'this browser has no WebGPU' }))
    await expect(missing.rows(small, { rung: 'webgpu' })).rejects.toThrow('this browser has no WebGPU')
    const refusing = ladder(fakeGpu({ refuses: 'no kernel for gumbel' }))
    await expect(refusing.rows(small, { rung: 'webgpu' })).rejects.toThrow('no kernel for gumbel')
  })
})

describe('a rung that fails', () => {
  it('is lost in the middle of a job that never answers: the CPU reruns it, the status says why', async () => {
    const gpu: Fake = fakeGpu({ onJob: () => (gpu.lose('destroyed'), never()) })
    const engine = ladder(gpu)
    const { rung, y } = await engine.rows(large)
    expect(rung).toBe('cpu')
    expect(y).toHaveLength(65_536)
    expect(statusOf(engine)).toMatchObject({ state: 'lost', reason: 'the device was lost: destroyed' })
    expect(engine.status().running).toBe('cpu')
  })

  it('is lost between jobs: it stays closed for the next jobs until someone chooses again', async () => {
    const gpu = fakeGpu()
    const engine = ladder(gpu)
    await engine.rows(large)
    gpu.lose('unplugged')
    await expect.poll(() => statusOf(engine).state).toBe('lost')
    expect((await engine.rows(large)).rung).toBe('cpu')
    expect(gpu.log.opened).toBe(1)
    engine.choose('auto')
    expect((await engine.rows(large)).rung).toBe('webgpu')
    expect(gpu.log.opened).toBe(2)
    expect(statusOf(engine)).toMatchObject({ state: 'ready', reason: null })
  })

  it('is opened anew for a job that names it after a loss', async () => {
    const gpu = fakeGpu()
    const engine = ladder(gpu)
    await engine.rows(small, { rung: 'webgpu' })
    gpu.lose('unplugged')
    await expect.poll(() => statusOf(engine).state).toBe('lost')
    expect((await engine.rows(small, { rung: 'webgpu' })).rung).toBe('webgpu')
  })

  it('runs out of memory: the CPU takes that job, named or not, and the rung stays for smaller ones', async () => {
    let room = false
    const onJob = () => (room ? Promise.resolve() : Promise.reject(new OutOfMemoryError('512 MiB asked for')))
    const engine = ladder(fakeGpu({ onJob }))
    expect((await engine.rows(large)).rung).toBe('cpu')
    expect(statusOf(engine).reason).toBe('out of memory on a job of 32768 x 2: 512 MiB asked for')
    expect((await engine.rows(small, { rung: 'webgpu' })).rung).toBe('cpu')
    room = true
    expect((await engine.rows(large)).rung).toBe('webgpu')
  })

  it('breaks in its own way: auto takes the CPU and says why; a job that named it gets the error', async () => {
    const engine = ladder(fakeGpu({ onJob: () => Promise.reject(new Error('bad shader')) }))
    expect((await engine.rows(large)).rung).toBe('cpu')
    expect(statusOf(engine).reason).toBe('failed on a job of 32768 x 2: bad shader')
    await expect(engine.rows(small, { rung: 'webgpu' })).rejects.toThrow('bad shader')
  })

  it('is lost while it is probed: it is unavailable as lost, not as wrong', async () => {
    const gpu: Fake = fakeGpu()
    const engine = createEngine([
      {
        id: 'webgpu',
        open: async () => {
          const rung = await gpu.open()
          return 'unavailable' in rung ? rung : { ...rung, rows: () => (gpu.lose('gone'), never() as Promise<never>) }
        },
      },
      cpuSource,
    ])
    expect((await engine.rows(large)).rung).toBe('cpu')
    expect(statusOf(engine)).toMatchObject({ state: 'lost', reason: 'the device was lost: gone' })
  })
})

describe('a job', () => {
  it('that is cancelled ends with the reason, also while its rung is being opened', async () => {
    const opening = createEngine([{ id: 'webgpu', open: () => never() as Promise<never> }, cpuSource])
    const controller = new AbortController()
    const waiting = opening.rows(large, { signal: controller.signal })
    controller.abort()
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('that is cancelled on a rung does not go on to the next one', async () => {
    const controller = new AbortController()
    const onJob = () => (controller.abort(), Promise.reject(new DeviceLostError('and lost as well')))
    const engine = ladder(fakeGpu({ onJob }))
    await expect(engine.rows(large, { signal: controller.signal })).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('gives way to a newer one under the same key', async () => {
    const engine = ladder(fakeGpu())
    const older = engine.rows(quarterJob(400_000), { newest: 'cell', rung: 'cpu' })
    const newer = engine.rows(small, { newest: 'cell', rung: 'cpu' })
    await expect(older).rejects.toThrow('a newer job took over')
    expect((await newer).y).toHaveLength(6)
  })

  it('that names a rung this ladder does not have is told so', async () => {
    const bare = createEngine([cpuSource])
    await expect(bare.rows(small, { rung: 'webgpu' })).rejects.toThrow('there is no rung "webgpu"; there are cpu')
  })

  it('with a wrong shape, normalizer or parameter is refused before it runs', async () => {
    const engine = ladder(fakeGpu())
    await expect(engine.rows({ ...small, cols: 3 })).rejects.toThrow('engine: x has 6 entries; 3 x 3 makes 9')
    await expect(engine.rows({ ...small, mask: new Uint8Array(5) })).rejects.toThrow('mask has 5 entries')
    await expect(engine.rows({ ...small, kind: 'vjp' })).rejects.toThrow('a vjp needs a cotangent')
    await expect(engine.rows({ ...small, params: { T: 0 } })).rejects.toThrow('T is 0; it must be')
    await expect(engine.rows({ ...small, rows: 1.5 })).rejects.toThrow('rows is 1.5')
  })
})

describe('an engine that is disposed of', () => {
  it('while a device is being opened gives that device back; the job that waits for it opens another', async () => {
    const gpu = fakeGpu()
    const engine = ladder(gpu)
    const job = engine.rows(large, { rung: 'webgpu' })
    while (gpu.log.opened === 0) await Promise.resolve()
    engine.dispose()
    expect((await job).rung).toBe('webgpu')
    expect([gpu.log.opened, gpu.log.disposed]).toEqual([2, 1])
  })

  it('leaves a job that its device still works on to the CPU', async () => {
    const gpu = fakeGpu({ onJob: never })
    const engine = ladder(gpu)
    const job = engine.rows(large, { rung: 'webgpu' })
    while (gpu.log.jobs.length === 0) await new Promise((resolve) => setTimeout(resolve, 1))
    engine.dispose()
    expect((await job).rung).toBe('cpu')
  })
})
