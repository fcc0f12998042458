import { describe, expect, it } from 'vitest'
import { activationById } from '../../src/models/mlp/activations.ts'
import { optimizerById } from '../../src/models/mlp/optimizers.ts'
import { train } from '../../src/models/mlp/train.ts'
import { twelveBits } from '../../src/models/tasks/twelveBits.ts'
import { publishedBy, type Reading } from '../support/publishedBy.ts'

const patience = { timeout: 120_000 }
const published = (id: string, edit?: Readonly<Record<string, unknown>>) => publishedBy('information-planes', id, edit)
const asItOpens = published('plane')
const drop = (read: Reading, layer: string, ...ids: string[]) => ids.map((id) => read(`${id}.${layer}.drop`))

// Bounds: measured apart from this code, by numpy on seven tanh and four ReLU networks of its own, with a margin.
describe('the notebook “Information planes” says what its panels compute:', () => {
  it(
    'L5 of the tanh network climbs to 6.5–9 bits by epoch 40, then falls 2–5.5 to 2.8–6, tells 0.92 bits or more of the label, and generalises',
    patience,
    async () => {
      const plane = await asItOpens
      expect(plane('bin-fixed.L5.peak') - plane('bin-fixed.L5.start')).toBeGreaterThan(1)
      expect(plane('bin-fixed.L5.peak')).toBeGreaterThan(6.5)
      expect(plane('bin-fixed.L5.peak')).toBeLessThan(9)
      expect(plane('bin-fixed.L5.peakEpoch')).toBeLessThanOrEqual(40)
      expect(plane('bin-fixed.L5.drop')).toBeGreaterThan(2)
      expect(plane('bin-fixed.L5.drop')).toBeLessThan(5.5)
      expect(plane('bin-fixed.L5.I_XT')).toBeGreaterThan(2.8)
      expect(plane('bin-fixed.L5.I_XT')).toBeLessThan(6)
      expect(plane('bin-fixed.L5.I_TY')).toBeGreaterThan(0.92)
      expect(plane('test')).toBeGreaterThan(0.93)
      // Of the last three layers' activations, in step with the fall.
      expect(plane('saturation')).toBeGreaterThan(0.3)
      expect([plane('log2n'), plane('seed'), plane('seeds'), plane('epoch')]).toEqual([12, 0, 1, 400])
    },
  )

  it('all of five tanh networks have fallen a bit or more from their peak in L5 by epoch 150', patience, async () => {
    const five = await published('plane', { seeds: [0, 1, 2, 3, 4], epochs: 150 })
    expect(five('seeds')).toBe(5)
    expect(five('bin-fixed.L5.leastDrop')).toBeGreaterThan(1)
  })

  it('on the same tanh network width bins, EBAB and KDE agree that L5 falls 2 bits or more', patience, async () => {
    const [plane, same] = [await asItOpens, await published('same')]
    expect([same('train'), same('test')]).toEqual([plane('train'), plane('test')])
    for (const fall of drop(same, 'L5', 'bin-width', 'ebab', 'kde-upper')) expect(fall).toBeGreaterThan(2)
  })

  it.each([6, 7, 13])(
    'layer 3 of the ReLU network of seed %i falls 1 bit or more by fixed bins (2) and EBAB, and at most 0.6 by width bins and KDE',
    patience,
    async (seed) => {
      const relu = await published('relu', { seeds: [seed] })
      const [fixed, ebab, width, kde] = drop(relu, 'L3', 'bin-fixed', 'ebab', 'bin-width', 'kde-upper')
      expect(fixed).toBeGreaterThan(2)
      expect(ebab).toBeGreaterThan(1)
      expect(Math.max(width!, kde!)).toBeLessThan(0.6)
      expect(relu('bin-width.L3.peak') - relu('bin-width.L3.start')).toBeGreaterThan(3.4)
      // Fixed bins end at 1.
      expect(relu('largest')).toBeGreaterThan(10)
      expect(relu('test')).toBeGreaterThan(0.93)
    },
  )

  it(
    'in seed 8 fixed bins see less than half of the fall in seed 6; seed 2 dies and answers like a coin',
    patience,
    async () => {
      const bare = { estimators: ['bin-fixed', 'bin-width'] }
      const [sixth, eighth, second] = await Promise.all(
        [6, 8, 2].map((seed) => published('relu', { ...bare, seeds: [seed] })),
      )
      expect(eighth!('bin-fixed.L3.drop')).toBeLessThan(sixth!('bin-fixed.L3.drop') / 2)
      expect(second!('test')).toBeLessThan(0.56)
      expect(second!('bin-width.L5.I_XT')).toBe(0)
    },
  )

  it(
    'EBAB sees layer 4 of three linear networks fall 2 bits or more, width bins less than 1; they stop under 0.9',
    patience,
    async () => {
      const linear = await published('linear')
      expect(linear('ebab.L4.leastDrop')).toBeGreaterThan(2)
      expect(linear('bin-width.L4.greatestDrop')).toBeLessThan(1)
      expect(linear('test')).toBeLessThan(0.9)
    },
  )

  it.each([0, 1, 2])(
    'layer 4 of the linear network of seed %i tells all 4,096 inputs apart before and after training, while its cloud comes to lie along one line',
    (seed) => {
      const plan = { hidden: [10, 7, 5, 4, 3], learningRate: 0.05, batch: 32, epochs: 60, l2: 0, noise: 0, gain: 1 }
      const [activation, optimizer] = [activationById('linear')!, optimizerById('sgd')!]
      const data = twelveBits('published', 0)
      const seen: { readonly distinct: number; readonly long: number }[] = []
      for (const { epoch, network } of train(data, { ...plan, activation, optimizer, trainShare: 0.85, seed })) {
        if (epoch !== 0 && epoch !== plan.epochs) continue
        network.forward(data.inputs, 4096)
        const T = network.outputs[3]!
        const rows = Array.from({ length: 4096 }, (_, r) => T.subarray(4 * r, 4 * r + 4))
        seen.push({ distinct: new Set(rows.map((row) => row.join())).size, long: longestShare(rows) })
      }
      expect(seen.map(({ distinct }) => distinct)).toEqual([4096, 4096])
      expect(seen[0]!.long).toBeLessThan(0.85)
      expect(seen[1]!.long).toBeGreaterThan(0.98)
    },
  )

  it(
    'seven untrained networks: layer 3 “knows” 0.7 bits or more, less than 0.2 above shuffled labels; layer 1 knows both',
    patience,
    async () => {
      const random = await published('random')
      expect([random('epoch'), random('seeds')]).toEqual([0, 7])
      expect(random('bin-fixed.L3.leastI_TY')).toBeGreaterThan(0.7)
      expect(random('bin-fixed.L3.greatestI_TY')).toBeLessThanOrEqual(random('H_Y'))
      expect(random('bin-fixed.L3.leastEvidence')).toBeGreaterThan(0)
      expect(random('bin-fixed.L3.greatestEvidence')).toBeLessThan(0.2)
      expect(random('bin-fixed.L1.I_TY')).toBeGreaterThan(0.995)
      expect(random('bin-fixed.L1.shuffled')).toBeGreaterThan(0.995)
      const coarse = await published('random', {
        estimators: [{ id: 'bin-fixed', params: { bins: 6 } }],
      })
      expect(coarse('bin-fixed.L3.greatestI_TY')).toBeLessThan(random('bin-fixed.L3.leastI_TY'))
      expect(coarse('bin-fixed.L3.shuffled')).toBeLessThan(random('bin-fixed.L3.shuffled'))
    },
  )

  it('of a bit flipped one time in ten nothing is kept below β = 1.5625, and something above', async () => {
    const exact = await published('exact')
    expect(exact('onset')).toBeCloseTo(1 / 0.8 ** 2, 9)
    expect(exact('I_XT')).toBeLessThan(1e-9)
    // 1 − h(0.1), by hand.
    expect(exact('I_XY')).toBeCloseTo(0.531004406, 8)
    for (const beta of [1.7, 4]) {
      const above = await published('exact', { beta })
      expect(above('beta')).toBeGreaterThan(1.5625)
      expect(above('I_TY')).toBeGreaterThan(0.05)
    }
  })
})

/** Variance along the longest axis of the cloud, as a share of all; by power iteration on the covariance. */
function longestShare(rows: readonly Float64Array[]): number {
  const width = rows[0]!.length
  const units = Array.from({ length: width }, (_, c) => c)
  const mean = units.map((c) => rows.reduce((sum, row) => sum + row[c]!, 0) / rows.length)
  const covariance = units.map((a) =>
    units.map((b) => rows.reduce((sum, row) => sum + (row[a]! - mean[a]!) * (row[b]! - mean[b]!), 0) / rows.length),
  )
  let axis = units.map(() => 1)
  let longest = 0
  for (let step = 0; step < 200; step++) {
    const next = covariance.map((line) => line.reduce((sum, value, c) => sum + value * axis[c]!, 0))
    longest = Math.hypot(...next)
    axis = next.map((value) => value / longest)
  }
  return longest / units.reduce((sum, c) => sum + covariance[c]![c]!, 0)
}
