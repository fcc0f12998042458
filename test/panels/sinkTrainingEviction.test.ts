import { parse } from 'valibot'
import { describe, expect, it } from 'vitest'
import { boundedLosses, keysHeld, type BoundedCache } from '../../src/models/transformer/boundedCache.ts'
import { Trainer, trainStep } from '../../src/models/transformer/Trainer.ts'
import { openTransformer } from '../../src/models/transformer/Transformer.ts'
import { openWasm } from '../../src/models/transformer/wasm/openWasm.ts'
import { setupOf } from '../../src/panels/sinkTraining/engines.ts'
import { configOf } from '../../src/panels/sinkTraining/modelConfig.ts'
import { evicted } from '../../src/panels/sinkTraining/eviction.ts'
import { schema } from '../../src/panels/sinkTraining/experiment.ts'
import { setUp } from '../../src/panels/sinkTraining/task.ts'

const window = (size: number) => ({ size, keepsFirst: false })
/** Nobody waits. */
const pace = () => Promise.resolve()
const withFirst = (size: number) => ({ size, keepsFirst: true })

/** One normalizer after a run of the default experiment, but for `change`. */
async function trained(id: string, seed: number, change: object = {}) {
  const experiment = parse(schema, { normalizers: [id], seeds: [seed], ...change })
  const { length, batch: size, steps } = experiment
  const setup = setUp(seed, length)
  const config = configOf(experiment, experiment.normalizers[0]!)
  const { parameters, optimizer, settings } = setupOf(experiment, config, setup.weights())
  const model = await openTransformer(config, openWasm, 8)
  if ('reason' in model) throw new Error(model.reason)
  model.shared.parameters.set(parameters)
  const trainer = new Trainer(model, optimizer, settings)
  const batch = new Int32Array(size * (length + 1))
  for (let step = 0; step < steps; step++) {
    setup.drawBatch(batch)
    trainStep(trainer, batch, size)
  }
  return { model, setup, trainer }
}

describe('a bounded cache', () => {
  it('holds the newest keys, or the first and one fewer of the newest', () => {
    expect(keysHeld(9, window(4))).toEqual([6, 7, 8, 9])
    expect(keysHeld(9, withFirst(4))).toEqual([0, 7, 8, 9])
  })

  it('holds every key once until it is full', () => {
    for (const cache of [window(4), withFirst(4)])
      expect([0, 2, 3].map((i) => keysHeld(i, cache))).toEqual([[0], [0, 1, 2], [0, 1, 2, 3]])
  })

  it('changes no loss while all fits, in two layers of a normalizer that learns', async () => {
    const { model, setup, trainer } = await trained('ssmax', 5, { steps: 20, layers: 2, heads: 2 })
    const { losses } = await trainer.evaluate(setup.evaluation, 0, 8)
    const whole = Float64Array.from(losses)
    for (const cache of [window(32), withFirst(32)]) {
      model.load(setup.evaluation, 0, 8)
      const bounded = boundedLosses(model, 8, cache)
      // Rows in float32 against rows in float64.
      expect(Math.max(...whole.map((loss, at) => Math.abs(loss - bounded[at]!)))).toBeLessThan(1e-5)
    }
  })

  it('of one key leaves only the query itself, which tells a trigger nothing to copy', async () => {
    const { model, setup } = await trained('softmax', 101)
    const loss = async (cache: BoundedCache) => (await evicted(model, setup, cache, pace)).triggerLoss
    expect(await loss(window(2))).toBeLessThan(0.35)
    expect(await loss(window(1))).toBeGreaterThan(1)
    expect(await loss(withFirst(2))).toBeGreaterThan(1)
  }, 20_000)
})

// The bounds of another implementation on other seeds, over tokens 17 to 31. If one seed misses, as many fresh ones run,
// and all of those must hold. Of 30 seeds, 101 to 106 and 401 to 424, none missed: softmax 0.29 to 0.83, softpick below 1e-4.
describe('a cache of 4 without the first token, over seeds that nothing was tuned on', () => {
  const costOf = async (id: string, seed: number) => {
    const { model, setup } = await trained(id, seed)
    const excess = async (cache: BoundedCache) => (await evicted(model, setup, cache, pace)).dormantExcess
    return (await excess(window(4))) - (await excess(withFirst(4)))
  }
  const missed = async (id: string, holds: (cost: number) => boolean) => {
    const misses = async (seeds: readonly number[]) => {
      const costs = await Promise.all(seeds.map((seed) => costOf(id, seed)))
      return costs.filter((cost) => !holds(cost))
    }
    return (await misses([101, 102, 103])).length > 0 ? misses([104, 105, 106]) : []
  }

  it('costs a dormant token of softmax more than 0.1 nats', async () => {
    expect(await missed('softmax', (cost) => cost > 0.1)).toEqual([])
  }, 60_000)

  it('costs one of softpick less than 0.01 nats either way', async () => {
    expect(await missed('softpick', (cost) => Math.abs(cost) < 0.01)).toEqual([])
  }, 60_000)
})
