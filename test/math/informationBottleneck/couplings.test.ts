import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { couplingEntropyBound, greedyCoupling } from '../../../src/math/informationBottleneck/coupling.ts'
import {
  bestCompression,
  greedyCompression,
  smallestFirstCompression,
} from '../../../src/math/informationBottleneck/couplingBottleneck.ts'
import { entropy } from '../../../src/math/informationBottleneck/joint.ts'
import { canonical, partitions } from '../../../src/math/informationBottleneck/partitions.ts'
import { rng } from '../../../src/math/random/rng.ts'

interface GoldenCase {
  readonly id: string
  readonly kind: string
  readonly p: number[]
  readonly q: number[]
  readonly R: number
  readonly truth: { readonly lower_bound_H: number; readonly gap_bound_h_p2: number }
  readonly expect: { readonly estimator: string; readonly expect: Record<string, number | number[] | number[][]> }[]
}

const { cases } = JSON.parse(readFileSync('test/fixtures/information/discrete_and_bounds.json', 'utf8')) as {
  cases: readonly GoldenCase[]
}
const wanted = (golden: GoldenCase, name: string) => golden.expect.find(({ estimator }) => estimator === name)!.expect
const bits = (nats: number) => nats / Math.LN2

/** A random distribution of n masses. */
function masses(seed: number, n: number): number[] {
  const draw = rng(seed)
  const weights = Array.from({ length: n }, () => -Math.log(1 - draw()))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.map((weight) => weight / total)
}

describe.each(cases.filter(({ kind }) => kind === 'mec'))('the golden coupling $id', (golden) => {
  const { joint, H_joint, I, atoms } = greedyCoupling(golden.p, golden.q)
  const want = wanted(golden, 'mec_greedy')

  it('has its entropy, information and number of atoms within 1e-9 bits', () => {
    expect(Math.abs(bits(H_joint) - Number(want['H_joint']))).toBeLessThan(1e-9)
    expect(Math.abs(bits(I) - Number(want['I']))).toBeLessThan(1e-9)
    expect(atoms).toBe(want['n_atoms'])
  })

  it('has its coupling, entry for entry', () => {
    const flat = (want['coupling'] as number[][]).flat()
    expect(flat.filter((value, i) => !(Math.abs(value - joint[i]!) < 1e-12))).toEqual([])
  })

  it('has its lower bound on the entropy', () => {
    expect(Math.abs(bits(couplingEntropyBound(golden.p, golden.q)) - golden.truth.lower_bound_H)).toBeLessThan(1e-9)
  })
})

describe.each(cases.filter(({ kind }) => kind === 'ebim'))('the golden compression $id', (golden) => {
  const rate = golden.R * Math.LN2

  it('greedy, smallest first and best keep what they should, within 1e-9 bits', () => {
    const kept = {
      ebim_greedy: greedyCompression(golden.p, rate).I,
      ebim_naive_smallest: smallestFirstCompression(golden.p, rate).I,
      ebim_exact_deterministic: bestCompression(golden.p, rate).I,
    }
    for (const [name, I] of Object.entries(kept))
      expect(Math.abs(bits(I) - Number(wanted(golden, name)['I']))).toBeLessThan(1e-9)
  })

  it('groups the symbols as the golden file does', () => {
    const want = canonical(wanted(golden, 'ebim_greedy')['labels'] as number[])
    expect([...greedyCompression(golden.p, rate).labels]).toEqual([...want])
  })
})

it('the greedy coupling has the margins it was given and is within ln 2 of the bound, for 200 random pairs', () => {
  for (let seed = 0; seed < 200; seed++) {
    const [p, q] = [masses(seed, 2 + (seed % 7)), masses(seed + 1000, 2 + (seed % 5))]
    const { joint, H_joint } = greedyCoupling(p, q)
    p.forEach((mass, i) => {
      const row = joint.subarray(i * q.length, (i + 1) * q.length)
      expect(Math.abs(row.reduce((sum, value) => sum + value, 0) - mass)).toBeLessThan(1e-12)
    })
    const bound = couplingEntropyBound(p, q)
    expect(H_joint).toBeGreaterThanOrEqual(bound - 1e-12)
    expect(H_joint - bound).toBeLessThan(Math.LN2)
  }
})

it('greedy compression falls short of the best by at most h(p₂), for 150 random p', () => {
  for (let seed = 0; seed < 150; seed++) {
    const p = masses(seed, 3 + (seed % 5))
    const second = [...p].sort((a, b) => b - a)[1]!
    const rate = 0.7 * entropy(p)
    const gap = bestCompression(p, rate).I - greedyCompression(p, rate).I
    expect(gap).toBeGreaterThanOrEqual(-1e-12)
    expect(gap).toBeLessThanOrEqual(entropy([second, 1 - second]) + 1e-12)
  }
})

it('there are 1, 2, 5, 15, 52, 203 partitions of 1 to 6 elements, all different (the Bell numbers)', () => {
  for (const [n, bell] of [1, 2, 5, 15, 52, 203].entries()) {
    const seen = new Set(Array.from(partitions(n + 1), (labels) => labels.join()))
    expect(seen.size).toBe(bell)
  }
})
