import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { distanceAwareStep, variationalLoss } from '../../../src/math/informationBottleneck/variational.ts'

interface GoldenCase {
  readonly id: string
  readonly kind: string
  readonly mu: number[][]
  readonly sigma: number[][]
  readonly logits: number[][]
  readonly labels: number[]
  readonly centroid_mu: number[][]
  readonly centroid_sigma: number[][]
  readonly centroid_prob: number[]
  readonly tau: number
  readonly expect: {
    readonly params: { readonly beta: number }
    readonly expect: Record<string, number | number[] | number[][]>
  }[]
}

const { cases } = JSON.parse(readFileSync('test/fixtures/information/discrete_and_bounds.json', 'utf8')) as {
  cases: readonly GoldenCase[]
}
const farthest = (got: readonly number[], want: readonly number[]) =>
  Math.max(...want.map((value, i) => Math.abs(value - got[i]!)))

describe.each(cases.filter(({ kind }) => kind === 'vib'))('the golden variational loss $id', (golden) => {
  it('has its rate, cross-entropy and loss within 1e-9 bits', () => {
    const [{ params, expect: want }] = golden.expect as [GoldenCase['expect'][number]]
    const { rate, crossEntropy, loss } = variationalLoss(golden, golden.logits, golden.labels, params.beta)
    const got = [rate, crossEntropy, loss].map((nats) => nats / Math.LN2)
    expect(farthest(got, [want['rate_bits'], want['ce_bits'], want['loss_bits']].map(Number))).toBeLessThan(1e-9)
  })
})

describe.each(cases.filter(({ kind }) => kind === 'dab'))('the golden distance-aware step $id', (golden) => {
  it('has its divergences, assignment, uncertainty and prior within 1e-9', () => {
    const centroids = { mu: golden.centroid_mu, sigma: golden.centroid_sigma }
    const step = distanceAwareStep(golden, centroids, golden.centroid_prob, golden.tau)
    const want = golden.expect[0]!.expect
    expect(farthest(step.divergences.flat(), (want['KL_nats'] as number[][]).flat())).toBeLessThan(1e-9)
    expect(farthest(step.assignment.flat(), (want['assign'] as number[][]).flat())).toBeLessThan(1e-9)
    expect(farthest(step.uncertainty, want['uncertainty_nats'] as number[])).toBeLessThan(1e-9)
    expect(farthest(step.prior, want['new_prob'] as number[])).toBeLessThan(1e-9)
  })
})
