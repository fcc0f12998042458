import { describe, expect, it } from 'vitest'
import { DomainError } from '../../../src/math/errors.ts'
import type { Estimator, EstimatorLaw, Reading } from '../../../src/math/estimators/contract.ts'
import { estimators } from '../../../src/math/estimators/index.ts'
import { resolveEstimatorParams } from '../../../src/math/estimators/params.ts'
import { labelsFrom, samplesFrom, type Sample } from '../../../src/math/estimators/sample.ts'
import { gaussian } from '../../../src/math/random/gaussian.ts'
import { rng } from '../../../src/math/random/rng.ts'
import { shuffled } from '../../../src/math/random/shuffled.ts'
import { gaussianPairs } from './draws.ts'

const defaults = (entry: Estimator) => resolveEstimatorParams(entry.id, entry.params, {})
const estimate = (entry: Estimator, sample: Sample): Reading => entry.estimate(sample, defaults(entry))
const withLaw = (law: EstimatorLaw) => estimators.filter((entry) => entry.laws.includes(law))
const information = ({ nats }: Reading) => Object.entries(nats).filter(([name]) => name.startsWith('I'))

/** Rows of d numbers in (−1, 1) with two classes, as a layer gives them. */
function activations(seed: number, n = 160, d = 3): Extract<Sample, { kind: 'activations' }> {
  const draw = rng(seed)
  const rows = Array.from({ length: n }, () => Array.from({ length: d }, () => Math.tanh(gaussian(draw))))
  return {
    kind: 'activations',
    T: samplesFrom('T', rows),
    labels: labelsFrom(rows.map((row) => row[0]! + row[1]! > 0)),
  }
}

function sampleFor(entry: Estimator, seed: number): Sample {
  const [kind] = entry.accepts
  const draw = rng(seed)
  const normal = () => gaussian(draw)
  if (kind === 'activations') return activations(seed)
  if (kind === 'pair') return { kind, ...gaussianPairs(seed, 160, 0.6) }
  if (kind === 'critic')
    return {
      kind,
      S: samplesFrom(
        'S',
        Array.from({ length: 24 }, () => Array.from({ length: 24 }, normal)),
      ),
    }
  const table = Array.from({ length: 4 }, () => Array.from({ length: 5 }, () => Math.floor(30 * draw())))
  return { kind: 'counts', counts: samplesFrom('counts', table) }
}

/** A reading, or nothing where the samples are refused. */
function attempt(entry: Estimator, sample: Sample): Reading['nats'] {
  try {
    return estimate(entry, sample).nats
  } catch (error) {
    if (error instanceof DomainError) return {}
    throw error
  }
}

const shuffledOrder = (n: number, seed: number) => shuffled([...Array(n).keys()], rng(seed))

/** The same samples in another order. */
function reordered(sample: Sample, seed: number): Sample {
  const rowsOf = (X: { rows: number; cols: number; values: Float64Array }, order: readonly number[]) =>
    samplesFrom(
      'X',
      order.map((r) => X.values.subarray(r * X.cols, (r + 1) * X.cols)),
    )
  if (sample.kind === 'counts')
    return { ...sample, counts: rowsOf(sample.counts, shuffledOrder(sample.counts.rows, seed)) }
  if (sample.kind === 'critic') {
    const order = shuffledOrder(sample.S.rows, seed)
    const S = order.map((r) => order.map((c) => sample.S.values[r * sample.S.cols + c]!))
    return { ...sample, S: samplesFrom('S', S) }
  }
  if (sample.kind === 'pair') {
    const order = shuffledOrder(sample.X.rows, seed)
    return { ...sample, X: rowsOf(sample.X, order), Y: rowsOf(sample.Y, order) }
  }
  const order = shuffledOrder(sample.T.rows, seed)
  return { ...sample, T: rowsOf(sample.T, order), labels: labelsFrom(order.map((r) => sample.labels.of[r])) }
}

describe('every estimator', () => {
  it('has an id of its own, in lower case with hyphens', () => {
    const ids = estimators.map((entry) => entry.id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))).toEqual([])
  })

  it.each(estimators)('$id leaves its samples as they were', (entry) => {
    const sample = sampleFor(entry, 5)
    const before = JSON.stringify(sample)
    estimate(entry, sample)
    expect(JSON.stringify(sample)).toBe(before)
  })

  it.each(estimators)('$id refuses samples of another kind and names what it takes', (entry) => {
    const other = estimators.find((each) => !each.accepts.some((kind) => entry.accepts.includes(kind)))!
    expect(() => estimate(entry, sampleFor(other, 1))).toThrow(/it takes \{.*and was given \{/)
  })

  it.each(estimators)('$id refuses a parameter that it does not have', (entry) => {
    expect(() => resolveEstimatorParams(entry.id, entry.params, { nonsense: 1 })).toThrow(/no parameter "nonsense"/)
  })
})

describe('several sets of labels at once', () => {
  it.each(estimators.filter((entry) => entry.accepts.includes('activations')))(
    '$id reads each as it would alone',
    (entry) => {
      const { T, labels } = activations(4)
      const other = labelsFrom(shuffledOrder(T.rows, 5).map((i) => labels.of[i]))
      const together = entry.estimateEach(T, [labels, other], defaults(entry))
      const alone = [labels, other].map((each) => estimate(entry, { kind: 'activations', T, labels: each }))
      expect(together).toEqual(alone)
      expect(() => entry.estimateEach(T, [labelsFrom([0, 1])], defaults(entry))).toThrow(/160 rows and labels 2/)
    },
  )
})

describe('the law', () => {
  it.each(withLaw('permutes'))('permutes holds for $id, to 1e-10 nats of round-off', (entry) => {
    const sample = sampleFor(entry, 7)
    const [before, after] = [estimate(entry, sample), estimate(entry, reordered(sample, 3))]
    for (const [name, value] of Object.entries(before.nats)) {
      expect(Math.abs(after.nats[name]! - value)).toBeLessThan(1e-10)
    }
    expect(after.counts).toEqual(before.counts)
  })

  it.each(withLaw('permutes').filter(({ accepts }) => !accepts.includes('critic') && !accepts.includes('counts')))(
    'permutes holds for $id on 40 points of a grid of 8 × 8, where most distances are equal, or it refuses them in any order',
    (entry) => {
      for (let seed = 0; seed < 6; seed++) {
        const points = shuffledOrder(64, seed).slice(0, 40)
        const [X, Y] = [(i: number) => [i % 8], (i: number) => [Math.floor(i / 8)]]
        const sample: Sample = entry.accepts.includes('pair')
          ? { kind: 'pair', X: samplesFrom('X', points.map(X)), Y: samplesFrom('Y', points.map(Y)) }
          : {
              kind: 'activations',
              T: samplesFrom(
                'T',
                points.map((i) => [...X(i), ...Y(i)]),
              ),
              labels: labelsFrom(points.map((i) => i % 3 === 0)),
            }
        const [before, ...after] = [sample, reordered(sample, 21), reordered(sample, 22)].map((each) =>
          attempt(entry, each),
        )
        for (const other of after) {
          expect(Object.keys(other)).toEqual(Object.keys(before!))
          for (const [name, value] of Object.entries(before!))
            expect(Math.abs(other[name]! - value)).toBeLessThan(1e-10)
        }
      }
    },
  )

  it.each(withLaw('nonnegative'))('nonnegative holds for $id over ten draws', (entry) => {
    for (let seed = 0; seed < 10; seed++)
      for (const [, value] of information(estimate(entry, sampleFor(entry, seed))))
        expect(value).toBeGreaterThanOrEqual(0)
  })

  it.each(withLaw('dead-is-zero'))('dead-is-zero holds for $id on all zeros and on a constant', (entry) => {
    for (const value of [0, 0.75]) {
      const T = samplesFrom(
        'T',
        Array.from({ length: 64 }, () => [value, value, value]),
      )
      const labels = labelsFrom(Array.from({ length: 64 }, (_, i) => i % 2))
      const reading = estimate(entry, { kind: 'activations', T, labels })
      expect(Object.values(reading.nats).filter(Number.isNaN)).toEqual([])
      // Sums of logarithms over 64 rows: round-off of a few 1e-16 each.
      for (const [, bits] of information(reading)) expect(Math.abs(bits)).toBeLessThan(1e-12)
    }
  })

  it.each(withLaw('at-most-log-n'))('at-most-log-n holds for $id on samples that all differ', (entry) => {
    const sample = sampleFor(entry, 11)
    const n = sample.kind === 'activations' ? sample.T.rows : sample.kind === 'critic' ? sample.S.rows : 0
    for (const [, value] of information(estimate(entry, sample))) {
      expect(value).toBeLessThanOrEqual(Math.log(n) + 1e-12)
    }
  })

  it.each(withLaw('lower-bound'))(
    'lower-bound holds for $id with the best critic of a Gaussian, mean of 20 draws',
    (entry) => {
      const rho = 0.6
      let sum = 0
      for (let seed = 0; seed < 20; seed++) {
        const { X, Y } = gaussianPairs(100 + seed, 128, rho)
        // 1 + ln p(x, y) / p(x) p(y): NWJ is tight there, and the others do not mind the 1.
        const critic = (x: number, y: number) =>
          1 - 0.5 * Math.log(1 - rho ** 2) - (rho ** 2 * (x * x + y * y) - 2 * rho * x * y) / (2 * (1 - rho ** 2))
        const S = Array.from(X.values, (x) => Array.from(Y.values, (y) => critic(x, y)))
        sum += estimate(entry, { kind: 'critic', S: samplesFrom('S', S) }).nats['I']! / 20
      }
      const truth = -0.5 * Math.log(1 - rho ** 2)
      // The mean of 20 draws of 128 has a standard error near 0.01.
      expect(sum).toBeLessThan(truth + 0.03)
      expect(sum).toBeGreaterThan(truth - 0.06)
    },
  )
})

describe('on 1000 pairs of Gaussians', () => {
  const tested = estimators.filter((entry) => entry.gaussianTolerance !== null)
  const reading = (entry: Estimator, rho: number) => {
    const { nats } = estimate(entry, { kind: 'pair', ...gaussianPairs(42, 1000, rho) })
    return nats['I'] ?? nats['I_mm']!
  }

  it.each(tested)('$id is within $gaussianTolerance nats of 0.2231 = −½ ln(1 − 0.6²)', (entry) => {
    expect(Math.abs(reading(entry, 0.6) + 0.5 * Math.log(1 - 0.36))).toBeLessThan(entry.gaussianTolerance!)
  })

  it.each(tested)('$id is within $gaussianTolerance nats of 0 for independent ones', (entry) => {
    expect(Math.abs(reading(entry, 0))).toBeLessThan(entry.gaussianTolerance!)
  })
})

describe('samples that break an estimator', () => {
  const neighbourly = estimators.filter((entry) => 'k' in entry.params && entry.accepts.includes('pair'))

  it.each(neighbourly)('$id says how many samples its neighbours need', (entry) => {
    expect(() => estimate(entry, { kind: 'pair', ...gaussianPairs(1, 2, 0) })).toThrow(
      /2 samples; \d+ neighbours need at least \d+/,
    )
  })

  it.each(neighbourly)('$id refuses repeated rows and says what to do', (entry) => {
    const X = samplesFrom(
      'X',
      Array.from({ length: 40 }, () => [0.5]),
    )
    expect(() => estimate(entry, { kind: 'pair', X, Y: X })).toThrow(/repeated.*Add noise/)
  })

  it('ross-knn names a class that is too small', () => {
    const { T } = activations(2)
    const labels = labelsFrom(Array.from({ length: T.rows }, (_, i) => (i < 2 ? 'rare' : 'common')))
    const ross = estimators.find((entry) => entry.id === 'ross-knn')!
    expect(() => estimate(ross, { kind: 'activations', T, labels })).toThrow(/a class has 2 samples; 3 neighbours need/)
  })

  it('rows and labels that differ in number are refused with both numbers', () => {
    const { T } = activations(2)
    const bins = estimators[0]!
    expect(() => estimate(bins, { kind: 'activations', T, labels: labelsFrom([0, 1]) })).toThrow(
      'T has 160 rows and labels 2',
    )
  })

  it.each(['bin-fixed', 'bin-edges', 'plugin-grid'])('%s refuses an interval that ends before it begins', (id) => {
    const entry = estimators.find((each) => each.id === id)!
    const params = resolveEstimatorParams(id, entry.params, { lo: 1, hi: -1 })
    expect(() => entry.estimate(sampleFor(entry, 1), params)).toThrow(`${id}: lo is 1 and hi -1; lo must be below hi`)
  })

  it('a matrix with a NaN names its row and column', () => {
    expect(() =>
      samplesFrom('T', [
        [1, 2],
        [3, NaN],
      ]),
    ).toThrow('T: row 1, column 1 is null; it must be a finite number')
  })
})
