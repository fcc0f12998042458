import { describe, expect, it } from 'vitest'
import type { Estimator } from '../../../src/math/estimators/contract.ts'
import { estimators } from '../../../src/math/estimators/index.ts'
import { resolveEstimatorParams } from '../../../src/math/estimators/params.ts'
import { labelsFrom, samplesFrom, type Sample } from '../../../src/math/estimators/sample.ts'
import { gaussian } from '../../../src/math/random/gaussian.ts'
import { rng } from '../../../src/math/random/rng.ts'
import { gaussianPairs } from './draws.ts'

const estimate = (entry: Estimator, sample: Sample) =>
  entry.estimate(sample, resolveEstimatorParams(entry.id, entry.params, {})).nats

/** Seeds that no tolerance was set by. */
const seeds = [9001, 9002, 9003, 9004, 9005]

describe('Gaussians of several correlations and seeds', () => {
  const ofPairs = estimators.filter((entry) => entry.gaussianTolerance !== null)

  it.each(ofPairs)('$id stays within its $gaussianTolerance nats for ρ = −0.6, 0 and 0.6, 1000 pairs', (entry) => {
    const misses = seeds.flatMap((seed) =>
      [-0.6, 0, 0.6].flatMap((rho) => {
        const nats = estimate(entry, { kind: 'pair', ...gaussianPairs(seed, 1000, rho) })
        const error = (nats['I'] ?? nats['I_mm']!) + 0.5 * Math.log(1 - rho * rho)
        return Math.abs(error) < entry.gaussianTolerance! ? [] : [`seed ${seed}, ρ ${rho}: off by ${error}`]
      }),
    )
    expect(misses).toEqual([])
  })
})

const n = 120
/** Three columns of normals; the classes follow none of them. */
function layer(seed: number, entry: (r: number, c: number, normal: () => number) => number) {
  const draw = rng(seed)
  const T = Array.from({ length: n }, (_, r) => [0, 1, 2].map((c) => entry(r, c, () => gaussian(draw))))
  return { kind: 'activations', T: samplesFrom('T', T), labels: labelsFrom(T.map((_, r) => r % 2)) } as const
}

const ofLayers = estimators.filter((entry) => entry.accepts.includes('activations'))
/** Of repeated rows it says that distances of 0 have no density. */
const readers = ofLayers.filter(({ id }) => id !== 'ross-knn')
const information = (nats: Readonly<Record<string, number>>) =>
  Object.entries(nats).filter(([name]) => name.startsWith('I'))

describe('layers that break naive estimators', () => {
  it('ebab reads samples without a network as if they rested at −1.000001, and a word it does not know is refused', () => {
    const ebab = ofLayers.find(({ id }) => id === 'ebab')!
    const sample = layer(5, (_, __, normal) => Math.tanh(normal()))
    const read = (given: Record<string, unknown>) =>
      ebab.estimate(sample, resolveEstimatorParams(ebab.id, ebab.params, given))
    expect(read({})).toEqual(read({ low: -1.000001 }))
    expect(() => read({ low: 'tanh' })).toThrow(/low is "tanh".*or "activation"/)
  })

  it.each(readers)('$id reads 0 of a layer that is 0, of one number and of large ones', (entry) => {
    // The mean of 120 times 0.1 + 0.2 rounds: no estimator may take what is left for a spread.
    for (const value of [0, 0.1 + 0.2, -1, 1e6, 1e-9])
      for (const [name, nats] of information(
        estimate(
          entry,
          layer(1, () => value),
        ),
      ))
        expect(Math.abs(nats), `${name} of ${value}`).toBeLessThan(1e-9)
  })

  it('mbe reads 0 of a dead layer at every order, and no round-off raised to a low power', () => {
    const mbe = ofLayers.find(({ id }) => id === 'mbe')!
    const dead = layer(1, () => 0.7)
    for (const alpha of [0.01, 0.1, 0.5, 0.95, 1, 1.01, 2, 5]) {
      const { nats } = mbe.estimate(dead, resolveEstimatorParams(mbe.id, mbe.params, { alpha }))
      // A Gram of ones and two classes of as many: of every order 0, ln 2 and ln 2.
      expect(Math.abs(nats['S_A']!)).toBeLessThan(1e-12)
      expect(Math.abs(nats['S_AB']! - Math.LN2)).toBeLessThan(1e-12)
      expect(Math.abs(nats['I']!)).toBeLessThan(1e-12)
    }
  })

  it('bin-width reads ln 4096 to the last digit of 4096 rows that all differ', () => {
    const rows = Array.from({ length: 4096 }, (_, i) => [i])
    const labels = labelsFrom(rows.map(([i]) => i! % 2))
    const width = ofLayers.find(({ id }) => id === 'bin-width')!
    expect(estimate(width, { kind: 'activations', T: samplesFrom('T', rows), labels })['I_XT']).toBe(Math.log(4096))
  })

  it('no cells read an entropy below 0 of equal rows, be they 1 to 200', () => {
    for (let rows = 1; rows <= 200; rows++) {
      const T = samplesFrom(
        'T',
        Array.from({ length: rows }, () => [0.7, 0.1]),
      )
      const labels = labelsFrom(Array.from({ length: rows }, () => 0))
      for (const entry of ofLayers.filter(({ id }) => id.startsWith('bin') || id === 'ebab'))
        expect(estimate(entry, { kind: 'activations', T, labels })).toEqual({ H_T: 0, I_XT: 0, I_TY: 0 })
    }
  })

  it.each(ofLayers)('$id reads a layer with a constant column, and the same whatever the constant', (entry) => {
    // Cells or noise that follow the layer's range may move with the constant; the others must not mind it.
    const [zero, other] = [0.01, 0.4].map((constant) =>
      information(
        estimate(
          entry,
          layer(2, (_, c, normal) => (c === 1 ? constant : Math.tanh(normal()))),
        ),
      ),
    )
    const follows = entry.id === 'bin-range' || entry.id === 'ebab' || entry.id.startsWith('akde')
    const moved = zero!.filter(([, nats], i) => !(Math.abs(nats - other![i]![1]) < (follows ? Infinity : 1e-9)))
    expect(moved).toEqual([])
  })

  it.each(readers.filter(({ measure }) => measure === 'shannon'))(
    '$id reads ln 4 of four far points that repeat, and nothing of classes that repeat within each',
    (entry) => {
      // Corners two apart: with noise of 1e-3 the kernel between them is e^−2000. Rows r and r + 4 share a corner.
      const nats = estimate(
        entry,
        layer(3, (r, c) => (c === 2 ? 0 : (r >> (c + 1)) % 2 === 0 ? -0.99 : 0.99)),
      )
      // Each corner holds as many of each class; adaptive noise of c·max² is as small.
      expect(Math.abs(nats['I_XT']! - Math.log(4))).toBeLessThan(1e-9)
      expect(Math.abs(nats['I_TY']!)).toBeLessThan(1e-9)
    },
  )

  it('ross-knn refuses repeated rows of every kind with what to do', () => {
    const ross = ofLayers.find(({ id }) => id === 'ross-knn')!
    for (const value of [() => 0, (r: number) => r % 4])
      expect(() => estimate(ross, layer(4, value))).toThrow(/repeated among its nearest neighbours.*Add noise/)
  })
})

/** The reading, or the message of the error instead. */
function attempt(entry: Estimator, sample: Sample): Readonly<Record<string, number>> | string {
  try {
    return estimate(entry, sample)
  } catch (error) {
    return String(error)
  }
}

describe('too few samples', () => {
  const one = samplesFrom('X', [[0.3]])

  it.each(estimators.filter(({ accepts }) => !accepts.includes('counts')))(
    '$id of one sample reads 0, or counts what it needs',
    (entry) => {
      const samples: readonly Sample[] = [
        { kind: 'activations', T: one, labels: labelsFrom([0]) },
        { kind: 'pair', X: one, Y: one },
        { kind: 'critic', S: one },
      ]
      const outcome = attempt(
        entry,
        samples.find(({ kind }) => entry.accepts.includes(kind))!,
      )
      const fine =
        typeof outcome === 'string'
          ? /\d.*need at least \d/.test(outcome)
          : information(outcome).every(([, nats]) => Math.abs(nats) < 1e-9)
      expect(fine ? 'fine' : outcome).toBe('fine')
    },
  )
})
