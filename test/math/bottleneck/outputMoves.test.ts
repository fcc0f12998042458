import { describe, expect, it } from 'vitest'
import { callApi, type ApiRules } from '../../../src/math/bottleneck/emulatedApi.ts'
import { toyModel } from '../../../src/math/bottleneck/modelUpdates.ts'
import { outputImage, planFastRecovery, recoverFast } from '../../../src/math/bottleneck/outputImage.ts'
import {
  comparingMoves,
  outputMoves,
  readFullOutput,
  strategyUnder,
  type AskApi,
} from '../../../src/math/bottleneck/outputMoves.ts'
import { directionsAbove, recoveryEdge, recoveryNoise } from '../../../src/math/bottleneck/recoveryNoise.ts'
import { centreRows, logProbabilities } from '../../../src/math/bottleneck/views.ts'
import { fromRows, mapEntries, rowOf, sliceRows } from '../../../src/math/linalg/matrix.ts'
import { multiplyTransposed } from '../../../src/math/linalg/products.ts'
import { singularValues } from '../../../src/math/linalg/singularValues.ts'
import { rng } from '../../../src/math/random/rng.ts'
import { largestError } from './fixtures.ts'

const [vocabulary, d, n] = [120, 8, 20]
const model = toyModel(vocabulary, d, n, { weights: 70, hidden: 71 }, 2)
const logits = multiplyTransposed(model.hidden, model.weights)
const truth = logProbabilities(logits)
const open: ApiRules = {
  top: 5,
  decimals: 7,
  allowsBias: true,
  maxBiased: 300,
  maxBias: 100,
  noise: 0,
  showsLogProbabilities: true,
  biasHidesLogProbabilities: false,
}
const asks = (rules: ApiRules, prompt: number): AskApi => {
  const draw = rng(prompt)
  return (biases) => callApi(rowOf(logits, prompt), biases, rules, draw)
}
const read = (rules: ApiRules, prompt: number, wanted: 'batch' | 'anchored' = 'anchored', bias = 30) =>
  readFullOutput(asks(rules, prompt), vocabulary, rules, strategyUnder(rules, wanted), bias)

describe('reading a whole output', () => {
  it('with one log-probability a call takes 8 calls a token by the least bias, and is right to 5e-7 at 7 decimals', () => {
    const { logProbabilities: found, calls } = read({ ...open, top: 1 }, 0)
    // One plain call; then 1 + ⌈log₂ 100⌉ for each of the others.
    expect(calls).toBe(1 + 8 * (vocabulary - 1))
    // 1 / (1 − p′) ≤ 1 + e times half a unit of the last place, and the rounding of the formula.
    expect(largestError(found, rowOf(truth, 0))).toBeLessThan((1 + Math.E) * 0.5e-7 * 2)
  })

  it('by names of winners alone takes 28 calls a token and is right to 1e-6 once Σ p = 1 gives the level', () => {
    const { logProbabilities: found, calls } = read({ ...open, showsLogProbabilities: false }, 1)
    expect(calls).toBe(1 + 28 * (vocabulary - 1))
    expect(largestError(found, rowOf(truth, 1))).toBeLessThan(1e-6)
    expect(found.reduce((sum, x) => sum + Math.exp(x), 0)).toBeCloseTo(1, 12)
  })

  it('where a bias hides the log-probabilities, falls back on names and takes the level from the plain call', () => {
    const rules = { ...open, biasHidesLogProbabilities: true }
    const [first, second] = [...outputMoves(asks(rules, 2), vocabulary, rules, strategyUnder(rules, 'anchored'), 30)]
    expect(first!.reply).toHaveLength(5)
    expect(second!.reply.map(({ logProbability }) => logProbability)).toEqual([NaN])
    expect(largestError(read(rules, 2).logProbabilities, rowOf(truth, 2))).toBeLessThan(1.1e-6)
  })

  it('without a bias shows five tokens and no more', () => {
    const { logProbabilities: found, calls } = read({ ...open, allowsBias: false }, 3)
    expect([calls, found.filter((x) => !Number.isNaN(x)).length]).toEqual([1, 5])
  })

  it('by the batch formula at one token a call is the one-token formula: V − 1 calls and the plain one', () => {
    expect(read({ ...open, top: 1 }, 0, 'batch', 12).calls).toBe(vocabulary)
  })

  it('loses the tokens that a bias of 1 does not bring back, and says NaN', () => {
    const found = read(open, 0, 'anchored', 1).logProbabilities
    expect(found.some(Number.isNaN)).toBe(true)
    const off = found.map((x, i) => (Number.isNaN(x) ? 0 : x - truth.values[i]!))
    expect(Math.max(...off.map(Math.abs))).toBeLessThan(2e-7)
  })
})

describe('an interface that names winners alone', () => {
  const named = (logits: number[], biases: [number, number][]) =>
    callApi(Float64Array.from(logits), new Map(biases), { ...open, showsLogProbabilities: false }, rng(0))[0]!.token

  it('names the largest logit, biases added, and of equal ones the first', () => {
    expect(named([1, 3, 2], [])).toBe(1)
    expect(named([1, 3, 2], [[2, 2]])).toBe(2)
    expect(named([1, 3, 2], [[1, -5]])).toBe(2)
    expect(named([1, 3, 2], [[0, 2]])).toBe(0)
    expect(named([1, 3, 2], [[2, 1]])).toBe(1)
  })
})

describe('the errors that an attacker expects', () => {
  const cases: [string, ApiRules][] = [
    ['rounding to 7 decimals', open],
    ['rounding to 2 decimals', { ...open, decimals: 2 }],
    ['noise of 0.01', { ...open, decimals: null, noise: 0.01 }],
    ['noise of 0.001, top 12', { ...open, decimals: null, noise: 0.001, top: 12 }],
    ['names alone', { ...open, showsLogProbabilities: false }],
    ['a bias that hides log-probabilities of 2 decimals', { ...open, biasHidesLogProbabilities: true, decimals: 2 }],
    ['one log-probability a call, 6 decimals', { ...open, top: 1, decimals: 6 }],
  ]
  it.each(cases)('bound the largest singular value of the errors under %s, within a factor of 4', (_name, rules) => {
    const rows = Array.from({ length: n }, (_, i) => read(rules, i).logProbabilities)
    const seen = centreRows(fromRows(rows))
    const wrong = mapEntries(seen, (x, r, c) => x - centreRows(truth).values[r * vocabulary + c]!)
    const [largest] = singularValues(wrong)
    const edge = recoveryEdge(recoveryNoise(strategyUnder(rules, 'anchored'), rules), n, vocabulary)
    expect(largest!).toBeLessThan(edge)
    expect(largest!).toBeGreaterThan(edge / 4)
    expect(directionsAbove(singularValues(seen), edge, n, vocabulary)).toBe(d)
  })

  it('leave exact outputs of fewer prompts than dimensions their full rank, and of more the hidden size', () => {
    const edge = recoveryEdge(recoveryNoise('anchored', { top: 5, decimals: null, noise: 0 }), n, vocabulary)
    const rank = (count: number) =>
      directionsAbove(singularValues(centreRows(sliceRows(truth, 0, count))), edge, count, vocabulary)
    expect([1, 5, 8, 9, 20].map(rank)).toEqual([1, 5, 8, 8, 8])
  })
})

describe('comparing a few tokens with a reference', () => {
  const plan = planFastRecovery(outputImage(sliceRows(truth, 0, 12), d), 5)
  const rebuild = (rules: ApiRules) => {
    const strategy = strategyUnder(rules, 'anchored')
    const moves = [...comparingMoves(asks(rules, 15), plan.tokens, 5, rules, strategy, 30)]
    const found = new Map(moves.flatMap((move) => move.tokens.map((t, i) => [t, move.logProbabilities[i]!])))
    const output = recoverFast(
      plan,
      plan.tokens.map((token) => found.get(token)!),
      found.get(5) ?? 0,
    )
    return { output, calls: moves.reduce((sum, { calls }) => sum + calls, 0) }
  }

  it('rebuilds an output from ⌈8 / 4⌉ = 2 calls', () => {
    const { output, calls } = rebuild(open)
    expect(calls).toBe(2)
    expect(largestError(output, rowOf(truth, 15))).toBeLessThan(plan.condition * 2e-7)
  })

  it('by names alone takes 28 calls for each of 8 tokens and the reference', () => {
    const { output, calls } = rebuild({ ...open, showsLogProbabilities: false })
    expect(calls).toBe(28 * 9)
    expect(largestError(output, rowOf(truth, 15))).toBeLessThan(plan.condition * 4e-6)
  })

  it('by the least bias takes 8 calls for each of them', () => {
    expect(rebuild({ ...open, top: 1 }).calls).toBe(8 * 9)
  })
})
