import { expect, it } from 'vitest'
import { createEngine } from '../../src/engine/engine.ts'
import { rng } from '../../src/math/random/rng.ts'
import { activationById } from '../../src/models/mlp/activations.ts'
import { Mlp } from '../../src/models/mlp/Mlp.ts'
import { twelveBits } from '../../src/models/tasks/twelveBits.ts'
import type { DataTable } from '../../src/panels/contract.ts'
import { compute } from '../../src/panels/informationPlane/compute.ts'
import { evaluate } from '../../src/panels/informationPlane/evaluate.ts'
import { defaults } from '../../src/panels/informationPlane/experiment.ts'
import { run, short } from './planeRun.ts'

/** A table of so many rows: two random features, and as a label which of them is larger. */
function manyRows(rows: number): DataTable {
  const draw = rng(8)
  const values = new Float64Array(3 * rows)
  for (let r = 0; r < rows; r++) {
    const [a, b] = [draw(), draw()]
    values.set([a, b, a > b ? 1 : 0], 3 * r)
  }
  return { key: 'k', name: 'many.csv', rows, cols: 3, values }
}

it('a network evaluated in parts of 512 samples gives what one pass over all 4096 gives', () => {
  const data = twelveBits('published', 0)
  const [small, large] = [512, 4096].map((capacity) => {
    const network = new Mlp([12, 10, 7, 2], activationById('tanh')!, capacity)
    network.initialise(rng(3), 3)
    return network
  })
  const rows = [0, 5, 511, 512, 4000, 4095]
  const steps = evaluate(small!, data, rows)
  let step = steps.next()
  let parts = 0
  for (; step.done !== true; step = steps.next()) parts += 1
  const { layers, spreads, right } = step.value
  expect(parts).toBe(8)

  large!.forward(data.inputs, 4096)
  const [first, second, output] = large!.outputs.map((values, l) => ({ values, cols: [10, 7, 2][l]! }))
  for (const [l, { values, cols }] of [first!, second!, output!].entries())
    expect([...layers[l]!.values]).toEqual(rows.flatMap((r) => [...values.subarray(r * cols, (r + 1) * cols)]))
  const sizes = Array.from(second!.values, Math.abs)
  expect(spreads[1]).toEqual({
    saturation: sizes.filter((size) => size > 0.95).length / sizes.length,
    largest: Math.max(...sizes),
  })
  const truly = data.labels.map((label, i) =>
    Number(Number(output!.values[2 * i + 1]! > output!.values[2 * i]!) === label),
  )
  expect([...right]).toEqual([...truly])
})

it('a network with noise is read with it, and how saturated its units are without', () => {
  const data = twelveBits('published', 0)
  const network = new Mlp([12, 3, 2], activationById('tanh')!, 4096)
  network.initialise(rng(3))
  const rows = [0, 4095]
  const finished = (disturb?: (values: Float64Array, size: number) => void) => {
    const steps = evaluate(network, data, rows, disturb)
    let step = steps.next()
    while (step.done !== true) step = steps.next()
    return step.value
  }
  const plain = finished()
  const moved = finished((values, size) => {
    for (let i = 0; i < size; i++) values[i]! += 2
  })
  expect(moved.layers[0]!.values).toEqual(plain.layers[0]!.values.map((value) => value + 2))
  expect(moved.layers[1]!.values).not.toEqual(plain.layers[1]!.values)
  expect(moved.spreads).toEqual(plain.spreads)
})

it('the noise of an experiment is in what its estimators read: tanh units leave −1 … 1, and equal seeds agree', async () => {
  const read = async (noise: number) => {
    const { pictures, runs } = await run({ ...short, epochs: 1, noise })
    return { highest: pictures[0]![0]!.histogram.high, reading: runs[0]!.epochs[1]!.layers[4]!['bin-fixed']! }
  }
  const [clean, noisy, again] = [await read(0), await read(0.3), await read(0.3)]
  expect(clean.highest).toBeLessThanOrEqual(1)
  expect(noisy.highest).toBeGreaterThan(1.3)
  expect(again).toEqual(noisy)
})

it('a run on 300,000 rows that is stopped in its first epoch ends in that epoch', async () => {
  const table = manyRows(300_000)
  const controller = new AbortController()
  const told: string[] = []
  const context = {
    engine: createEngine(),
    signal: controller.signal,
    progress: (_: number, doing: string) => told.push(doing),
    data: async () => table,
    file: () => Promise.reject(new Error('no files here')),
  }
  const results = compute({ ...defaults, task: 'data', data: { key: 'k', name: 'many.csv' }, epochs: 3 }, context)
  await results.next()
  // An epoch takes about half a second, and a message gets through within one.
  setTimeout(() => controller.abort(), 30)
  await expect(results.next()).rejects.toThrow(/abort/i)
  expect(told.filter((doing) => !doing.includes('epoch 0'))).toEqual([])
})

it('20,000 rows are read on 8192 of them and answered for all', async () => {
  const result = await run(
    { ...short, epochs: 1, task: 'data', data: { key: 'k', name: 'many.csv' } },
    manyRows(20_000),
  )
  expect(result.samples).toBe(20_000)
  expect(result.estimators.map(({ samples }) => samples)).toEqual([8192, 1024])
  const { trainAccuracy, layers } = result.runs[0]!.epochs[1]!
  // Of 17,000 answers, so a whole number of them is right.
  expect(Math.abs(trainAccuracy * 17_000 - Math.round(trainAccuracy * 17_000))).toBeLessThan(1e-6)
  for (const layer of layers) expect(layer['bin-fixed']!.I_XT).toBeLessThanOrEqual(13)
})
