import { describe, expect, it } from 'vitest'
import type { Estimator, Reading } from '../../../src/math/estimators/contract.ts'
import { estimators } from '../../../src/math/estimators/index.ts'
import { matrixRenyiEntropy } from '../../../src/math/estimators/matrixRenyi.ts'
import { resolveEstimatorParams } from '../../../src/math/estimators/params.ts'
import { labelsFrom, samplesFrom, type Sample } from '../../../src/math/estimators/sample.ts'
import { gaussian } from '../../../src/math/random/gaussian.ts'
import { rng } from '../../../src/math/random/rng.ts'

const byId = (id: string): Estimator => estimators.find((entry) => entry.id === id)!
const resolved = (entry: Estimator, given: Readonly<Record<string, unknown>> = {}) =>
  resolveEstimatorParams(entry.id, entry.params, given)

const draw = rng(17)
const rows = Array.from({ length: 40 }, () => [gaussian(draw), gaussian(draw), gaussian(draw)] as const)

/** Forty samples of what an estimator takes, every entry multiplied by `scale`, or put through `change`. */
function sampleOf(kind: Sample['kind'], scale: number, change = (value: number, _row: number) => value): Sample {
  const matrix = (cols: number) =>
    samplesFrom(
      'M',
      rows.map((row, i) => Array.from({ length: cols }, (_, c) => change(row[c % 3]! * scale, i))),
    )
  if (kind === 'activations') return { kind, T: matrix(3), labels: labelsFrom(rows.map(([first]) => first > 0)) }
  if (kind === 'pair') {
    const Y = rows.map(([first, , last], i) => [change((0.6 * first + 0.8 * last) * scale, i)])
    return { kind, X: matrix(2), Y: samplesFrom('Y', Y) }
  }
  if (kind === 'critic') return { kind, S: matrix(40) }
  const counts = matrix(3)
  return { kind, counts: { ...counts, values: counts.values.map(Math.abs) } }
}

/** A reading, or the message of an error meant for people; another error fails the test. */
function readOrRefused(entry: Estimator, sample: Sample, given = {}): Reading | string {
  try {
    return entry.estimate(sample, resolved(entry, given))
  } catch (error) {
    if (error instanceof Error && ['DomainError', 'ShapeError'].includes(error.name)) return error.message
    throw error
  }
}

/** Names of readings that are no finite number; an entropy of −∞ is that of a layer which says nothing. */
const broken = (outcome: Reading | string) =>
  typeof outcome === 'string'
    ? []
    : Object.entries(outcome.nats).filter(
        ([name, value]) => !Number.isFinite(value) && !(name === 'H_T' && value === -Infinity),
      )

const everyKind = estimators.flatMap((entry) => entry.accepts.map((kind) => ({ id: entry.id, kind, entry })))

describe('samples at the ends of the range of numbers', () => {
  it.each(everyKind)('$id gives finite readings of $kind from 1e-310 to 4e307, or says why not', ({ entry, kind }) => {
    for (const scale of [1e-310, 1e-200, 1e-160, 1e15, 1e160, 1e200, 4e307])
      expect(broken(readOrRefused(entry, sampleOf(kind, scale)))).toEqual([])
  })

  it.each(everyKind)('$id survives one giant sample, a constant and two far ends of $kind', ({ entry, kind }) => {
    const changes = [
      (value: number, row: number) => (row === 0 ? 1.7e308 : value),
      () => 1e200,
      () => 0,
      (_: number, row: number) => (row % 2 ? 1.7e308 : -1.7e308),
    ]
    for (const change of changes) expect(broken(readOrRefused(entry, sampleOf(kind, 1, change)))).toEqual([])
  })

  const scaleFree = ['bin-range', 'akde-std', 'ross-knn', 'mbe', 'ksg1', 'ksg2', 'kl-mi', 'wkl-mi', 'pca-ksg']
  it.each(scaleFree)('%s reads the same information of samples times 2^±600, to 1e-9 nats', (id) => {
    const entry = byId(id)
    for (const kind of entry.accepts) {
      const information = (scale: number) =>
        Object.entries(entry.estimate(sampleOf(kind, scale), resolved(entry)).nats).filter(([name]) => name[0] === 'I')
      const plain = information(1)
      for (const scale of [2 ** 600, 2 ** -600])
        information(scale).forEach(([name, value], i) => {
          expect([name, Math.abs(value - plain[i]![1]) < 1e-9]).toEqual([plain[i]![0], true])
        })
    }
  })

  it('kl-entropy and akde-std add d ln s to the entropy of samples times s = 2^600', () => {
    const gap = (id: string, kind: Sample['kind'], name: string) => {
      const [large, plain] = [2 ** 600, 1].map((scale) => byId(id).estimate(sampleOf(kind, scale), resolved(byId(id))))
      return large!.nats[name]! - plain!.nats[name]!
    }
    expect(gap('kl-entropy', 'pair', 'H')).toBeCloseTo(2 * 600 * Math.LN2, 9)
    expect(gap('akde-std', 'activations', 'H_T')).toBeCloseTo(3 * 600 * Math.LN2, 9)
  })
})

describe('parameters at the ends of what they may be', () => {
  const numeric = everyKind.flatMap(({ entry, ...rest }) =>
    Object.entries(entry.params).flatMap(([name, spec]) =>
      spec.kind === 'number' || spec.kind === 'number-or-word' ? [{ ...rest, entry, name }] : [],
    ),
  )
  it.each(numeric)('$id of $kind reads or refuses $name at any size', ({ entry, kind, name }) => {
    for (const value of [5e-324, 1e-300, 1e-100, 1e-9, 1, 2048, 65_536, 1e9, 1e100, 1e300])
      expect(broken(readOrRefused(entry, sampleOf(kind, 1), { [name]: value }))).toEqual([])
  })

  it.each([
    ['bin-fixed', { bins: 1e9 }, 'bins is 1000000000; it must be a whole number at least 1 and at most 65536'],
    ['bin-edges', { edges: 65_537 }, 'edges is 65537; it must be a whole number at least 1 and at most 65536'],
    ['plugin-grid', { bins: 2049 }, 'bins is 2049; it must be a whole number at least 1 and at most 2048'],
    ['kde-upper', { noise_var: 1e-101 }, 'noise_var is 1e-101; it must be a finite number at least 1e-100 and at most'],
  ])('%s refuses %o and says what is possible', (id, given, message) => {
    expect(() => resolved(byId(id), given)).toThrow(message)
  })

  it('width bins too narrow for the samples are refused, and edges too many to draw are not listed', () => {
    const width = byId('bin-width')
    const sample = sampleOf('activations', 1e250)
    expect(() => width.estimate(sample, resolved(width, { width: 1e-90 }))).toThrow(/bin-width: .*widen them/)
    const { T } = sample as Extract<Sample, { kind: 'activations' }>
    expect(width.cellEdges(T, resolved(width)).length).toBe(0)
  })
})

it.each(['mbe', 'cs-qmi'])('%s refuses 8193 samples: their matrix would not fit', (id) => {
  const T = samplesFrom(
    'T',
    Array.from({ length: 8193 }, (_, i) => [i]),
  )
  const labels = labelsFrom(Array.from({ length: 8193 }, (_, i) => i % 2))
  expect(() => byId(id).estimate({ kind: 'activations', T, labels }, resolved(byId(id)))).toThrow(
    `${id}: 8193 samples would fill a matrix of 8193 × 8193; it takes at most 8192`,
  )
})

describe('matrix Rényi entropy of a diagonal Gram with shares 1/2, 1/4, 1/4', () => {
  const K = Float64Array.of(2, 0, 0, 0, 1, 0, 0, 0, 1)
  const shannon = 1.5 * Math.LN2

  it('of order 1 ± 1e-12 is its Shannon entropy, 1.5 bits, to 1e-11', () => {
    for (const alpha of [1 - 1e-12, 1, 1 + 1e-12])
      expect(Math.abs(matrixRenyiEntropy(K, 3, alpha) - shannon)).toBeLessThan(1e-11)
  })

  it('of order 0.5 is 2 ln(√½ + 2·½), and of order 1e6 is within 1e-6 of its min-entropy, 1 bit', () => {
    expect(matrixRenyiEntropy(K, 3, 0.5)).toBeCloseTo(2 * Math.log(Math.SQRT1_2 + 1), 12)
    expect(Math.abs(matrixRenyiEntropy(K, 3, 1e6) - Math.LN2)).toBeLessThan(1e-6)
  })
})
