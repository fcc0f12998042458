import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { createEngine } from '../../src/engine/engine.ts'
import { compute, loggedEpochs } from '../../src/panels/informationPlane/compute.ts'
import { describe as inWords } from '../../src/panels/informationPlane/describe.ts'
import {
  paramClash,
  withEstimator,
  withoutEstimator,
  withParam,
  withSeeds,
  widthsFrom,
} from '../../src/panels/informationPlane/edits.ts'
import { defaults, schema, settingsOf } from '../../src/panels/informationPlane/experiment.ts'
import { informationPlanePanel } from '../../src/panels/informationPlane/index.ts'
import { presets } from '../../src/panels/informationPlane/presets.ts'
import { runsAt, type InformationPlaneResult } from '../../src/panels/informationPlane/result.ts'
import { someOf } from '../../src/panels/informationPlane/someOf.ts'
import { valueAt } from '../../src/notebook/path.ts'
import { openExperiment } from '../../src/panels/openExperiment.ts'
import { run, short } from './planeRun.ts'

/** What layer 3 has lost of I(X;T) since its peak, by an estimator, bits. */
const lostInLayer3 = (result: InformationPlaneResult, run: number, id: string) => {
  const path = result.runs[run]!.epochs.map(({ layers }) => layers[2]![id]!.I_XT)
  const peak = Math.max(...path)
  return peak - path.at(-1)!
}

describe('one ReLU network and two estimators', () => {
  // Of 48 seeds it held in 41 (of the others four never learned, and in three the layer kept its states), so that 2 of 3
  // fresh ones hold with a chance of 0.94. These three were fixed before they were run.
  it(
    'loses a bit more of I(X;T) in layer 3 by fixed bins than by width bins, in 2 of the seeds 301, 302 and 303',
    { timeout: 120_000 },
    async () => {
      const result = await run({
        activation: 'relu',
        seeds: [301, 302, 303],
        estimators: settingsOf('bin-fixed', 'bin-width'),
      })
      const kept = [0, 1, 2].filter(
        (k) => lostInLayer3(result, k, 'bin-fixed') - lostInLayer3(result, k, 'bin-width') >= 1,
      )
      expect(kept.length).toBeGreaterThanOrEqual(2)
    },
  )
})

describe('the information-plane panel', () => {
  it('logs each seed, epoch and layer with what was promised of them', async () => {
    const result = await run({ ...short, seeds: [3, 4], widths: [12, 10, 7, 5, 4, 3, 2] })
    expect(result.widths).toEqual([12, 10, 7, 5, 4, 3, 2])
    expect(result.runs.map(({ seed }) => seed)).toEqual([3, 4])
    for (const { epochs } of result.runs) {
      expect(epochs.map(({ epoch }) => epoch)).toEqual([0, 1, 2, 3, 4])
      for (const log of epochs) {
        expect(log).toMatchObject({
          loss: expect.any(Number),
          trainAccuracy: expect.any(Number),
          testAccuracy: expect.any(Number),
          saturation: expect.any(Number),
        })
        expect(log.layers).toHaveLength(6)
        for (const layer of log.layers)
          for (const { I_XT, I_TY, shuffled } of Object.values(layer)) {
            expect(I_XT).toBeLessThanOrEqual(12)
            expect(I_TY).toBeLessThanOrEqual(1)
            // What it says of shuffled labels is what it says of nothing: below what it says of the true ones.
            expect(shuffled).toBeLessThanOrEqual(I_TY + 0.05)
          }
      }
    }
    expect(result.pictures).toHaveLength(5)
    expect(result.ceilings.log2n).toBe(12)
    expect(result.ceilings.H_Y).toBeCloseTo(0.999157, 6)
  })

  it('gives the same numbers for the same seed, but for the time it took', async () => {
    const timeless = ({ runs, ...rest }: InformationPlaneResult) => ({
      ...rest,
      runs: runs.map(({ epochs }) => epochs),
    })
    expect(timeless(await run(short))).toEqual(timeless(await run(short)))
  })

  it('says why a layer has no reading, instead of failing', async () => {
    const { runs, estimators, sentence } = await run({
      activation: 'relu',
      epochs: 2,
      estimators: settingsOf('ross-knn'),
    })
    const readings = runs[0]!.epochs.flatMap(({ layers }) => layers.map((layer) => layer['ross-knn']!))
    expect(readings.some(({ problem }) => problem?.includes('repeated'))).toBe(true)
    expect(readings.filter(({ problem, I_TY }) => (problem !== undefined) !== Number.isNaN(I_TY))).toEqual([])
    expect(estimators[0]!.readsInput).toBe(false)
    expect(sentence).toMatch(/Layer 5 on the label: Ross kNN/)
  })

  it('stops a run whose loss left the range of numbers and says what to do', async () => {
    const { runs, sentence } = await run({ ...short, activation: 'linear', learningRate: 1e6 })
    expect(runs[0]!.stopped).toMatch(/lower the learning rate/)
    expect(sentence).toMatch(/lower the learning rate/)
  })

  it('says what to do where the first weights are too large for numbers', async () => {
    await expect(run({ ...short, activation: 'linear', gain: 1e200 })).rejects.toThrow(/scale the first weights down/)
  })

  it('reads a ReLU network by EBAB with the idle value that was chosen, and with 0 where none was', async () => {
    const settingOf = (params: Record<string, unknown>) =>
      v.parse(schema, { estimators: [{ id: 'ebab', params }] }).estimators
    expect(settingOf({})[0]!.params['low']).toBe('activation')
    const read = async (params: Record<string, unknown>) => {
      const { runs } = await run({ activation: 'relu', epochs: 1, estimators: settingOf(params) })
      return runs[0]!.epochs[1]!.layers.map((layer) => layer['ebab']!.I_XT)
    }
    const [chosenByNone, zero, below] = [await read({}), await read({ low: 0 }), await read({ low: -1.000001 })]
    expect(chosenByNone).toEqual(zero)
    // Without a cell for silent units their zeros are one of the distinct values, and the edges move.
    expect(below).not.toEqual(zero)
    expect(await read({ low: -1.0000011 })).toEqual(below)
  })

  it('refuses an estimator that is named twice', () => {
    const opened = openExperiment(informationPlanePanel, { estimators: ['ebab', { id: 'ebab' }] }, 1)
    expect('problems' in opened && opened.problems.join(' ')).toMatch(/names one of them twice/)
  })

  it('publishes what its estimators say above shuffled labels, as a range over seeds', async () => {
    const result = await run({ ...short, seeds: [3, 4] })
    const L3 = result.runs.map(({ epochs }) => epochs.at(-1)!.layers[2]!['bin-fixed']!)
    const evidence = L3.map(({ I_TY, shuffled }) => I_TY - shuffled)
    const of = (name: string) => valueAt(result.values, ['bin-fixed', 'L3', name], 'values')
    expect(of('evidence')).toEqual({ value: evidence[0] })
    expect([of('leastEvidence'), of('greatestEvidence')]).toEqual(
      evidence.toSorted((a, b) => a - b).map((value) => ({ value })),
    )
    expect([of('leastI_TY'), of('greatestI_TY')]).toEqual(
      L3.map(({ I_TY }) => I_TY)
        .toSorted((a, b) => a - b)
        .map((value) => ({ value })),
    )
  })

  it('speaks of the epoch and layer that are looked at', async () => {
    const result = await run(short)
    const words = inWords({ epoch: 2, layer: 3, epochs: 4, noise: 0 }, result)
    expect(words.sentence).toMatch(/^Epoch 2 of 4, accuracy .*Layer 3 on the input: fixed bins \d+\.\d\d bits/)
    expect(words.values['epoch']).toBe(2)
    expect(words.values['bin-fixed']).toMatchObject({
      L3: { I_XT: result.runs[0]!.epochs[2]!.layers[2]!['bin-fixed']!.I_XT },
    })
    expect(informationPlanePanel.viewOnly?.fields).toEqual(['epoch', 'layer'])
  })

  it('says that a layer is at its highest only where no earlier epoch was higher, and how far it is down from there', async () => {
    const result = await run(short)
    const [first] = result.runs
    const readings = [1, 5.25, 5, 4.9, 4.95]
    const epochs = first!.epochs.map((log, k) => ({
      ...log,
      layers: log.layers.map((layer) => ({
        ...layer,
        'bin-fixed': { ...layer['bin-fixed']!, I_XT: readings[k]! },
        'kde-upper': { ...layer['kde-upper']!, I_XT: 2 },
      })),
    }))
    const told = (epoch: number, noise = 0) =>
      inWords({ epoch, layer: 3, epochs: 4, noise }, { ...result, runs: [{ ...first!, epochs }] }).sentence
    expect(told(0)).toContain('fixed bins 1.00 bits, at its highest so far')
    expect(told(1)).toContain('fixed bins 5.25 bits, at its highest so far')
    expect(told(2)).toContain('fixed bins 5.00 bits, near its highest so far, 5.25 at epoch 1')
    expect(told(3)).toContain('fixed bins 4.90 bits, down 0.35 from its peak at epoch 1')
    // As high as before is the highest.
    expect(told(4)).toContain('KDE upper bound 2.00 bits, at its highest so far')
    expect(told(4)).not.toContain('noise')
    expect(told(4, 0.1)).toContain('The units’ noise is read too, as if it told of the input.')
  })

  it('saturation is the share of all activations of the last three hidden layers, of 7, 1 and 2 units, and not the mean of three shares', async () => {
    const { runs } = await run({ ...short, widths: [9, 7, 1, 2], activation: 'tanh', gain: 6 })
    for (const { states, saturation } of runs[0]!.epochs) {
      const [, seven, one, two] = states.map((state) => state.saturation)
      expect(Math.abs(saturation - (7 * seven! + one! + 2 * two!) / 10)).toBeLessThan(1e-12)
      expect(Math.abs(saturation - (seven! + one! + two!) / 3)).toBeGreaterThan(0.001)
    }
  })

  it('counts and compares no network that is still on its way to the epoch looked at', async () => {
    const result = await run({ ...short, seeds: [3, 4] })
    const [first, second] = result.runs
    const partial = { ...result, runs: [first!, { ...second!, epochs: second!.epochs.slice(0, 2) }] }
    const at = (epoch: number, name: string) =>
      valueAt(inWords({ epoch, layer: null, epochs: 4, noise: 0 }, partial).values, ['bin-fixed', 'L5', name], 'values')
    expect(runsAt(partial.runs, 4)).toEqual([first])
    expect(inWords({ epoch: 4, layer: null, epochs: 4, noise: 0 }, partial).values['seeds']).toBe(1)
    expect([at(4, 'leastDrop'), at(4, 'greatestDrop')]).toEqual([at(4, 'drop'), at(4, 'drop')])
    expect(inWords({ epoch: 1, layer: null, epochs: 4, noise: 0 }, partial).values['seeds']).toBe(2)
  })

  it('publishes the largest activation of each layer, and of all', async () => {
    const { values, runs } = await run({ ...short, activation: 'relu' })
    const largest = runs[0]!.epochs.at(-1)!.states.map((state) => state.largest)
    expect(values['L3']).toEqual({ largest: largest[2] })
    expect(values['largest']).toBe(Math.max(...largest))
  })

  it('stops within a few epochs of being told to', async () => {
    const controller = new AbortController()
    const context = {
      engine: createEngine(),
      signal: controller.signal,
      progress: () => controller.abort(),
      data: async () => null,
      file: () => Promise.reject(new Error('no files here')),
    }
    const results = compute(defaults, context)
    await results.next()
    await expect(results.next()).rejects.toThrow(/abort/i)
  })

  it.each([
    ['bin-fixed', { lo: 1, hi: -1 }, 'lo is 1 and hi -1'],
    ['bin-edges', { lo: 2 }, 'lo is 2 and hi 1'],
    ['bin-fixed', { hi: -1 }, 'lo is -1 and hi -1'],
  ])('refuses %s with the interval %o before it trains', (id, params, said) => {
    const opened = openExperiment(informationPlanePanel, { estimators: [{ id, params }] }, 1)
    expect(opened).toEqual({ problems: [`estimators.0: ${id}: ${said}; lo must be below hi.`] })
  })

  it('logs about 36 epochs of 400, both ends among them', () => {
    const logged = [...loggedEpochs(400)].sort((a, b) => a - b)
    expect(logged.slice(0, 6)).toEqual([0, 1, 2, 3, 4, 5])
    expect(logged.at(-1)).toBe(400)
    expect(logged.length).toBeGreaterThan(25)
    expect(logged.length).toBeLessThan(38)
  })

  it('reads a sample of 1024 that is no lattice: its last two bits take all four values', () => {
    const rows = someOf(4096, 1024)
    expect(new Set(rows).size).toBe(1024)
    const shares = [0, 1, 2, 3].map((low) => rows.filter((r) => r % 4 === low).length / 1024)
    // Binomial: a standard error of 0.0117 each.
    for (const share of shares) expect(Math.abs(share - 0.25)).toBeLessThan(0.05)
    expect(someOf(10, 20)).toHaveLength(10)
  })

  it.each(presets)('its preset “$label” is an experiment', ({ experiment }) => {
    expect(openExperiment(informationPlanePanel, { ...experiment }, informationPlanePanel.version)).not.toHaveProperty(
      'problems',
    )
  })
})

describe('edits of the experiment', () => {
  it('add an estimator once, remove all but the last, and set a parameter', () => {
    const two = { ...defaults, ...withEstimator(defaults, 'ebab') }
    expect(two.estimators.map(({ id }) => id)).toEqual(['bin-fixed', 'ebab'])
    expect(withEstimator(two, 'ebab')).toEqual({})
    expect(withoutEstimator(two, 'bin-fixed').estimators?.map(({ id }) => id)).toEqual(['ebab'])
    expect(withoutEstimator(defaults, 'bin-fixed')).toEqual({})
    expect(withParam(two, 'ebab', 'bins', 12).estimators?.[1]?.params['bins']).toBe(12)
  })
  it('keep the ends of an interval in their order', () => {
    const interval = { ...defaults, estimators: settingsOf('bin-fixed') }
    expect(withParam(interval, 'bin-fixed', 'lo', 0.5).estimators?.[0]?.params['lo']).toBe(0.5)
    expect(withParam(interval, 'bin-fixed', 'lo', 1)).toEqual({})
    expect(withParam(interval, 'bin-fixed', 'hi', -2)).toEqual({})
    expect(paramClash(interval.estimators[0]!, 'hi', -2)).toBe('above the low end, -1')
    expect(paramClash(interval.estimators[0]!, 'lo', 3)).toBe('below the high end, 1')
  })
  it('read widths as people write them, and say what is wrong', () => {
    for (const text of ['10-7-5', '10, 7, 5', '10 7 5']) expect(widthsFrom(text)).toEqual({ widths: [10, 7, 5] })
    for (const text of ['', 'ten', '10-', '-10', '10--', '0-3', '300', '1-'.repeat(13)])
      expect(widthsFrom(text)).toEqual({ problem: expect.stringContaining('1 to 12 widths of 1 to 256') })
  })
  it('count seeds from the first', () => {
    expect(withSeeds(7, 3)).toEqual({ seeds: [7, 8, 9] })
  })
})
