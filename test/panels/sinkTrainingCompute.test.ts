import { PassThrough, Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { commands } from '../../src/cli/commands/index.ts'
import { softscope } from '../../src/cli/softscope.ts'
import { normalizers } from '../../src/math/normalizers/index.ts'
import type { SinkTrainingResult } from '../../src/panels/sinkTraining/compute.ts'
import { sinkTrainingPanel } from '../../src/panels/sinkTraining/index.ts'
import { finalOf, resultsOf } from './sinkTraining.ts'

/** A run of a tenth of a second. */
const small = { length: 8, width: 8, batch: 8, steps: 20 }

const readings = ({ runs }: SinkTrainingResult) => runs.map(({ steps, maps, stopped }) => ({ steps, maps, stopped }))

describe('sink-training', () => {
  it('trains every normalizer on every seed, and records each tenth step, the first and the last', async () => {
    const { runs } = await finalOf({ ...small, steps: 25, normalizers: ['softmax', 'sparsemax'], seeds: [3, 4] })
    expect(runs.map(({ normalizer, seed }) => [normalizer, seed])).toEqual([
      ['softmax', 3],
      ['sparsemax', 3],
      ['softmax', 4],
      ['sparsemax', 4],
    ])
    for (const { steps } of runs) expect(steps.map(({ step }) => step)).toEqual([0, 10, 20, 25])
  })

  it('yields at every recorded step, with all that was recorded before, runs side by side', async () => {
    const results = await resultsOf(small)
    expect(results.map(({ runs }) => runs.map(({ steps }) => steps.length))).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
      [3, 3],
    ])
    // What was yielded first has not changed since.
    expect(results[0]!.runs[0]!.steps).toEqual(results.at(-1)!.runs[0]!.steps.slice(0, 1))
  })

  it('tries small caches on each model that came to its end, each with and without the first token', async () => {
    const results = await resultsOf({ ...small, seeds: [0, 1] })
    const caches = results.map(({ runs }) => runs.map(({ evicted }) => evicted.length))
    // Of 8 tokens, caches of 4 and 2 are full for the later half.
    expect(caches.slice(0, 3)).toEqual(Array.from({ length: 3 }, () => [0, 0]))
    expect(caches.at(-1)).toEqual([4, 4, 4, 4])
    const { runs } = results.at(-1)!
    expect(runs[0]!.evicted.map(({ size, keepsFirst }) => [size, keepsFirst])).toEqual([
      [4, false],
      [4, true],
      [2, false],
      [2, true],
    ])
    const diverged = await finalOf({ ...small, optimizer: 'sgd', learningRate: 1e6 })
    expect(diverged.runs.map(({ evicted }) => evicted)).toEqual([[], []])
  })

  it('gives the same numbers again, on either engine', async () => {
    for (const engine of ['wasm', 'cpu'])
      expect(readings(await finalOf({ ...small, engine }))).toEqual(readings(await finalOf({ ...small, engine })))
  })

  it('gives a normalizer the same numbers whoever trains beside it, and seeds of their own', async () => {
    const alone = await finalOf({ ...small, normalizers: ['softpick'], seeds: [1] })
    const beside = await finalOf({ ...small, normalizers: ['softmax', 'softpick'], seeds: [0, 1] })
    const found = beside.runs.find(({ normalizer, seed }) => normalizer === 'softpick' && seed === 1)!
    expect(found.steps).toEqual(alone.runs[0]!.steps)
    expect(found.steps).not.toEqual(beside.runs[1]!.steps)
  })

  it('agrees between engines: loss within 1e-4 at 20 steps, attention within 1e-3', async () => {
    const [fast, exact] = [await finalOf({ ...small, engine: 'wasm' }), await finalOf({ ...small, engine: 'cpu' })]
    fast.runs.forEach(({ steps }, i) => {
      const want = exact.runs[i]!.steps.at(-1)!
      expect(Math.abs(steps.at(-1)!.loss - want.loss)).toBeLessThanOrEqual(1e-4)
      expect(Math.abs(steps.at(-1)!.alpha0 - want.alpha0)).toBeLessThanOrEqual(1e-3)
    })
  })

  it('takes the faster engine by itself and says what it measured', async () => {
    const { runs, engines } = await finalOf({ ...small, steps: 1 })
    const [wasm, cpu] = ['wasm', 'cpu'].map((id) => engines.find((each) => each.id === id)!.milliseconds!)
    expect(runs[0]!.engine).toBe(wasm! <= cpu! ? 'wasm' : 'cpu')
    expect(runs[0]!.msPerStep).toBeGreaterThan(0)
  })

  it('says why an engine that was named cannot be had, and tries a GPU for no small model', async () => {
    await expect(finalOf({ ...small, engine: 'webgpu' })).rejects.toThrow(
      'sink-training: webgpu cannot be had: there is no WebGPU here',
    )
    const { engines } = await finalOf({ ...small, steps: 1 })
    expect(engines.map(({ id, reason }) => [id, reason])).toEqual([
      ['wasm', null],
      ['cpu', null],
      ['webgpu', 'a step this small is over before a GPU has begun'],
    ])
  })

  it('falls back from a GPU that is not there for a model that would be worth it', async () => {
    const { runs, engines } = await finalOf({ ...small, steps: 1, batch: 256, length: 32, width: 64, mlp: true })
    expect(engines.at(-1)).toEqual({
      id: 'webgpu',
      device: null,
      milliseconds: null,
      reason: 'there is no WebGPU here',
    })
    expect(runs[0]!.steps).toHaveLength(2)
  })

  it('trains any normalizer of the registry, and its loss falls or it says why it stopped', async () => {
    const ids = normalizers.map(({ id }) => id)
    for (const from of [0, 8, 16]) {
      const { runs } = await finalOf({ ...small, steps: 60, normalizers: ids.slice(from, from + 8) })
      for (const { normalizer, steps, stopped } of runs) {
        const fell = steps.at(-1)!.loss < steps[0]!.loss - 0.2
        expect([normalizer, fell || stopped !== null]).toEqual([normalizer, true])
      }
    }
  })

  it.each([
    { mlp: true, positions: 'rotary', heads: 2, layers: 2 },
    { optimizer: 'sgd', learningRate: 0.3 },
    { initialisation: 'mid' },
    { initialisation: 'torch', heads: 4, width: 12, length: 9, batch: 5 },
  ])('trains with %o: the loss falls by 0.2 or more in 100 steps', async (change) => {
    const { runs } = await finalOf({ ...small, steps: 100, recordEvery: 50, ...change })
    for (const { steps } of runs) expect(steps.at(-1)!.loss).toBeLessThan(steps[0]!.loss - 0.2)
  })

  it('stops a run that diverges with a word and no NaN, while the other goes on', async () => {
    const wild = { ...small, steps: 400, optimizer: 'sgd', learningRate: 1e18, normalizers: ['relu-n', 'softmax'] }
    const result = await finalOf(wild)
    const stopped = result.runs.filter((run) => run.stopped !== null)
    expect(stopped.length).toBeGreaterThanOrEqual(1)
    for (const run of stopped) expect(run.stopped).toMatch(/left the range of numbers at step \d+: lower the learning/)
    for (const { steps } of result.runs) expect(steps.every((reading) => Number.isFinite(reading.loss))).toBe(true)
    expect(result.sentence).toContain('lower the learning rate')
  })

  it('stops within two frames of work when it is told to', async () => {
    const controller = new AbortController()
    let told = process.cpuUsage()
    setTimeout(() => {
      told = process.cpuUsage()
      controller.abort()
    }, 300)
    await expect(resultsOf({ steps: 20_000, recordEvery: 100 }, { signal: controller.signal })).rejects.toThrow(
      /abort/i,
    )
    // Of CPU time, which other work on the machine does not stretch; it includes the collector's and the compiler's.
    const { user, system } = process.cpuUsage(told)
    expect((user + system) / 1000).toBeLessThanOrEqual(32)
  })

  it('publishes numbers to the text by normalizer, a second setting under a name of its own', async () => {
    const { values, sentence, sequence, uniformAlpha0 } = await finalOf({
      ...small,
      normalizers: ['softmax', { id: 'softmax', params: { T: 2 } }],
    })
    expect(Object.keys(values)).toEqual(['uniformAlpha0', 'softmax', 'softmax-2'])
    expect(values['softmax']).toMatchObject({ step: 20, rowMass: expect.closeTo(1, 5) })
    expect(sentence).toMatch(
      /^Step 20: softmax \(temperature 1\) puts \d+ % of a dormant token’s attention on the first token; softmax \(temperature 2\) puts/,
    )
    expect(uniformAlpha0).toBeCloseTo((1 + 1 / 2 + 1 / 3 + 1 / 4 + 1 / 5 + 1 / 6 + 1 / 7 + 1 / 8) / 8, 14)
    expect(sequence.triggers).toEqual(sequence.tokens.map((token) => token >= 1 && token <= 3))
  })
})

describe('softscope run sink-training', () => {
  it('writes runs with normalizer, seed, engine, ms per step and the recorded steps', async () => {
    const stdout = new PassThrough()
    const experiment = { ...small, normalizers: ['softmax', { id: 'softpick', params: { eps: 1e-6 } }], seeds: [7] }
    const status = await softscope(['run', 'sink-training', '--experiment', '-'], commands([sinkTrainingPanel]), '0', {
      stdin: Readable.from([JSON.stringify(experiment)]),
      stdout,
      stderr: new PassThrough(),
      interruption: () => new AbortController().signal,
    })
    const written = JSON.parse(String(stdout.read())) as {
      panel: string
      experiment: object
      results: SinkTrainingResult
    }
    expect([status, written.panel]).toEqual([0, 'sink-training'])
    expect(written.experiment).toMatchObject({ seeds: [7], steps: 20, epsilon: 0.3 })
    const [, softpick] = written.results.runs
    expect(softpick).toMatchObject({ normalizer: 'softpick', params: { eps: 1e-6 }, seed: 7, engine: 'wasm' })
    const names = 'step loss bayes triggerLoss dormantExcess bosAttention triggerPrevious alpha0 sinkRate rowMass'
    const last = softpick!.steps.at(-1)!
    expect(Object.keys(last)).toEqual(`${names} exactZeros valueRatio kurtosis maxOverMedian`.split(' '))
    expect(Object.values(last).every(Number.isFinite)).toBe(true)
  })
})
