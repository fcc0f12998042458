import { describe, expect, it } from 'vitest'
import { codeFloor, quantisedLayer, quantiseRows } from '../../../src/math/bottleneck/codebook.ts'
import { meanKl } from '../../../src/math/bottleneck/mixtures.ts'
import { meanCrossEntropy, sampledLosses } from '../../../src/math/bottleneck/sampledSoftmax.ts'
import { adaptiveLogProbabilities, lowRankLayer } from '../../../src/math/bottleneck/smallerLayers.ts'
import { rankDecisions } from '../../../src/math/bottleneck/rank.ts'
import { centreRows, logProbabilities } from '../../../src/math/bottleneck/views.ts'
import { rowOf, type Matrix } from '../../../src/math/linalg/matrix.ts'
import { norm } from '../../../src/math/linalg/products.ts'
import { singularValues } from '../../../src/math/linalg/singularValues.ts'
import { portableNormals } from '../../../src/math/bottleneck/portableNormals.ts'
import { golden, hidden, largestError, logits, weights } from './fixtures.ts'

const file = golden<{
  V: number
  d: number
  n: number
  seedW: number
  seedH: number
  vq: {
    K: number
    assignFirst64: number[]
    counts: number[]
    mse: number
    ceRandomTargets: number
    klFromFull: number
    klFloorUniformWithinCode: number
    rankClr: number
  }[]
  lowRank: { r: number; ce: number; kl: number; frobErr: number }[]
  adaptive: {
    parameters: Record<string, { seed: number; shape: [number, number] }>
    logProbRow0First12: number[]
    logProbRow0Last8: number[]
    ce: number
    rankClr: number
  }
  cce: { targets: number[]; loss: number }
  sampled: {
    m: number
    negatives: number[]
    lossUncorrected: number
    lossLogQ: number
    first5: number[]
    first5LogQ: number[]
  }[]
}>('compression')

const { V, d, n } = file
const { targets } = file.cce
const w = weights(file.seedW, V, d)
const h = hidden(file.seedH, n, d, 1.5)
const z = logits(h, w)
const truth = logProbabilities(z)
const mean = (x: readonly number[]): number => x.reduce((sum, value) => sum + value, 0) / x.length
const rankOf = (outputs: Matrix): number => rankDecisions(singularValues(centreRows(outputs)), n, V).rankTol

it('the full layer has the golden cross-entropy', () => {
  expect(Math.abs(meanCrossEntropy(z, targets) - file.cce.loss)).toBeLessThan(1e-12)
})

describe.each(file.vq)('$K codes for 512 rows', (vq) => {
  const book = quantiseRows(w, vq.K)
  const outputs = logits(h, quantisedLayer(book))

  it('are the golden ones, with the golden error', () => {
    expect([...book.assignment.subarray(0, 64)]).toEqual(vq.assignFirst64)
    expect([...book.counts]).toEqual(vq.counts)
    expect(Math.abs(book.meanSquaredError - vq.mse)).toBeLessThan(1e-10)
  })

  it('cost the golden KL, not below the floor of equal probabilities within a code', () => {
    const kl = meanKl(truth, logProbabilities(outputs))
    expect(Math.abs(kl - vq.klFromFull)).toBeLessThan(1e-10)
    expect(Math.abs(meanCrossEntropy(outputs, targets) - vq.ceRandomTargets)).toBeLessThan(1e-10)
    expect(Math.abs(codeFloor(truth, book) - vq.klFloorUniformWithinCode)).toBeLessThan(1e-10)
    expect(kl).toBeGreaterThan(codeFloor(truth, book))
    expect(rankOf(outputs)).toBe(vq.rankClr)
  })
})

it.each(file.lowRank)('a layer of rank $r costs the golden KL', ({ r, ce, kl, frobErr }) => {
  const layer = lowRankLayer(w, r)
  const outputs = logits(h, layer)
  expect(Math.abs(meanKl(truth, logProbabilities(outputs)) - kl)).toBeLessThan(1e-10)
  expect(Math.abs(meanCrossEntropy(outputs, targets) - ce)).toBeLessThan(1e-10)
  expect(Math.abs(norm(w.values.map((x, i) => x - layer.values[i]!)) - frobErr)).toBeLessThan(1e-10)
})

it('adaptive softmax gives the golden log-probabilities, sums to 1, and has rank 18 where d is 16', () => {
  const weight = (name: string) => {
    const { seed, shape } = file.adaptive.parameters[name]!
    return portableNormals(seed, ...shape, 1 / Math.sqrt(d))
  }
  const clusters = [0, 1].map((i) => ({ project: weight(`tail.${i}.0.weight`), tokens: weight(`tail.${i}.1.weight`) }))
  const outputs = adaptiveLogProbabilities({ head: weight('head.weight'), clusters }, h)
  const row = rowOf(outputs, 0)
  expect(largestError(row, file.adaptive.logProbRow0First12)).toBeLessThan(1e-12)
  expect(largestError(row.subarray(V - 8), file.adaptive.logProbRow0Last8)).toBeLessThan(1e-12)
  expect(Math.abs(row.reduce((sum, x) => sum + Math.exp(x), 0) - 1)).toBeLessThan(1e-13)
  expect(Math.abs(mean(targets.map((t, r) => -outputs.values[r * V + t]!)) - file.adaptive.ce)).toBeLessThan(1e-10)
  expect(rankOf(outputs)).toBe(file.adaptive.rankClr)
})

it.each(file.sampled)('sampled softmax with $m negatives reads low, and is put right by ln(m / V)', (s) => {
  const raw = sampledLosses(z, targets, s.negatives, null)
  const corrected = sampledLosses(z, targets, s.negatives, Math.log(s.m / V))
  expect(Math.abs(mean(raw) - s.lossUncorrected)).toBeLessThan(1e-10)
  expect(Math.abs(mean(corrected) - s.lossLogQ)).toBeLessThan(1e-10)
  expect(largestError(raw, s.first5)).toBeLessThan(1e-10)
  expect(largestError(corrected, s.first5LogQ)).toBeLessThan(1e-10)
})

it('refuses more codes than rows', () => {
  expect(() => quantiseRows(w, 513)).toThrow('513 codes for 512 rows')
})
