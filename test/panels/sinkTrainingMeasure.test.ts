import { describe, expect, it } from 'vitest'
import { rng } from '../../src/math/random/rng.ts'
import { gaussian } from '../../src/math/random/gaussian.ts'
import { isTrigger } from '../../src/models/tasks/backcopy.ts'
import { openFloat64 } from '../../src/models/transformer/float64/openFloat64.ts'
import { firstParameters, initialisationById } from '../../src/models/transformer/initialise.ts'
import { transformerOptimizerById } from '../../src/models/transformer/optimizers.ts'
import { Trainer } from '../../src/models/transformer/Trainer.ts'
import { openTransformer } from '../../src/models/transformer/Transformer.ts'
import { configOf } from '../../src/panels/sinkTraining/modelConfig.ts'
import { settingOf } from '../../src/panels/normalizerSetting.ts'
import { defaults } from '../../src/panels/sinkTraining/experiment.ts'
import { hiddenShape } from '../../src/panels/sinkTraining/hiddenShape.ts'
import { firstMaps, Measure } from '../../src/panels/sinkTraining/measure.ts'
import { setUp } from '../../src/panels/sinkTraining/task.ts'

const T = 12
const count = 256

/** A model of two layers and two heads with large random weights, in float64, and its readings. */
async function measured(id: string, capacity: number) {
  const experiment = { ...defaults, length: T, width: 8, layers: 2, heads: 2 }
  const model = await openTransformer(configOf(experiment, settingOf(id)), openFloat64, capacity)
  if ('reason' in model) throw new Error(model.reason)
  const setup = setUp(5, T)
  model.shared.parameters.set(firstParameters(model.config, initialisationById('torch')!, setup.weights()))
  const measure = new Measure(setup, model.config, 0.3)
  const live = new Trainer(model, transformerOptimizerById('sgd')!, { learningRate: 1, weightDecay: 0 })
  for (let from = 0; from < count; from += capacity) {
    const part = Math.min(capacity, count - from)
    measure.add(await live.evaluate(setup.evaluation, from, part), from, part)
  }
  return { model, setup, reading: measure.finish(0), made: await live.evaluate(setup.evaluation, 0, capacity) }
}

/** Everything about attention again, from the whole batch's weights, in the words of the definitions. */
async function slowly(id: string) {
  const { model, setup, reading } = await measured(id, count)
  const weight = (l: number, s: number, h: number, i: number, j: number) =>
    model.layers[l]!.weights[((s * 2 + h) * T + i) * 16 + j]!
  const trigger = (s: number, i: number) => isTrigger(setup.task, model.tokens[s * T + i]!)
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const heads = [0, 1].flatMap((l) => [0, 1].map((h) => [l, h] as const))
  const squares = heads.flatMap(([l, h]) => Array.from({ length: count }, (_, s) => [l, s, h] as const))
  const rows = squares.flatMap(([l, s, h]) =>
    Array.from({ length: T }, (_, i) => ({
      i,
      s,
      row: Array.from({ length: i + 1 }, (_each, j) => weight(l, s, h, i, j)),
    })),
  )
  const dormant = rows.filter(({ s, i }) => i > 0 && !trigger(s, i))
  const importance = squares.map(([l, s, h]) => mean(Array.from({ length: T }, (_, i) => weight(l, s, h, i, 0))))
  const norm = (l: number, s: number, i: number, h: number) =>
    Math.hypot(...model.layers[l]!.v.subarray((s * T + i) * 8 + h * 4, (s * T + i) * 8 + h * 4 + 4))
  const everyS = Array.from({ length: count }, (_, s) => s)
  const ratio = ([l, h]: readonly [number, number]) =>
    mean(everyS.map((s) => norm(l, s, 0, h))) /
    mean(everyS.flatMap((s) => Array.from({ length: T - 1 }, (_, i) => norm(l, s, i + 1, h))))
  return {
    reading,
    want: {
      bosAttention: mean(dormant.map(({ row }) => row[0]!)),
      rowMass: mean(dormant.map(({ row }) => row.reduce((sum, value) => sum + value, 0))),
      triggerPrevious: mean(rows.filter(({ s, i }) => trigger(s, i)).map(({ row, i }) => row[i - 1]!)),
      alpha0: mean(importance),
      sinkRate: mean(importance.map((alpha) => Number(alpha > 0.3))),
      exactZeros: mean(rows.flatMap(({ row }) => row.map((value) => Number(value === 0)))),
      valueRatio: mean(heads.map(ratio)),
    },
  }
}

describe('a reading', () => {
  it.each(['softmax', 'softpick', 'sparsemax', 'sigmoid'])(
    'of %s is what its definitions give, counted again from the maps of all 256 sequences, within 1e-12',
    async (id) => {
      const { reading, want } = await slowly(id)
      for (const [name, value] of Object.entries(want))
        expect([name, Math.abs(reading[name as keyof typeof want] - value) <= 1e-12]).toEqual([name, true])
    },
  )

  it('splits the loss: all positions add up from triggers and dormant tokens, within 1e-12', async () => {
    const { model, setup, reading } = await measured('softmax', count)
    const triggers = Array.from(model.tokens).filter((token) => isTrigger(setup.task, token)).length / (count * T)
    const sum = triggers * reading.triggerLoss + (1 - triggers) * reading.dormantExcess + reading.bayes
    expect(Math.abs(sum - reading.loss)).toBeLessThanOrEqual(1e-12)
  })

  it('is the same, within 1e-12, whether the batch is measured whole or in parts of 7', async () => {
    const [whole, parts] = [await measured('softmax', count), await measured('softmax', 7)]
    for (const [name, value] of Object.entries(whole.reading))
      expect(
        Math.abs(parts.reading[name as keyof typeof parts.reading] / (value || 1) - (value ? 1 : 0)),
      ).toBeLessThanOrEqual(1e-12)
  })

  it('keeps the maps of the first sequence: rows of softmax sum to 1 up to the diagonal, and 0 above it', async () => {
    const { made } = await measured('softmax', count)
    const maps = firstMaps(made)
    expect(maps).toHaveLength(2 * 2 * T * T)
    for (let row = 0; row < 4 * T; row++) {
      const own = Array.from(maps.subarray(row * T, (row + 1) * T))
      expect(Math.abs(own.reduce((sum, value) => sum + value, 0) - 1)).toBeLessThanOrEqual(1e-6)
      expect(own.slice((row % T) + 1).every((value) => value === 0)).toBe(true)
    }
  })
})

describe('hiddenShape', () => {
  it('of [0, 0, 0, 4] has the kurtosis 7/3 and the largest entry over a median of 0 (by hand)', () => {
    // μ = 1; E2 = (3·1 + 9)/4 = 3; E4 = (3·1 + 81)/4 = 21; 21/9.
    const { kurtosis, maxOverMedian } = hiddenShape(Float32Array.of(0, 0, 0, 4))
    expect(Math.abs(kurtosis - 7 / 3)).toBeLessThanOrEqual(1e-15)
    expect(maxOverMedian).toBe(Infinity)
  })

  it('takes the mean of the two middle sizes, with signs left out: [−1, 2, −3, 8] gives 8 / 2.5, without the 8, 3 / 2', () => {
    expect(hiddenShape(Float32Array.of(-1, 2, -3, 8)).maxOverMedian).toBe(8 / 2.5)
    expect(hiddenShape(Float32Array.of(-1, 2, -3)).maxOverMedian).toBe(1.5)
  })

  it('finds the median that a sort finds, of 20,001 and 20,000 normal numbers, and a kurtosis of 3', () => {
    const draw = rng(1)
    for (const n of [20_001, 20_000]) {
      const h = Float32Array.from({ length: n }, () => gaussian(draw))
      const sorted = h.map(Math.abs).sort()
      const median = (sorted[Math.ceil(n / 2) - 1]! + sorted[Math.floor(n / 2)]!) / 2
      const found = hiddenShape(h)
      expect(found.maxOverMedian).toBe(sorted.at(-1)! / median)
      // Its own deviation is √(24 / n) = 0.035.
      expect(Math.abs(found.kurtosis - 3)).toBeLessThanOrEqual(0.15)
    }
  })
})
