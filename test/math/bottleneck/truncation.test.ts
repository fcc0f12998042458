import { describe, expect, it } from 'vitest'
import { basisAwareTruncation } from '../../../src/math/bottleneck/basisAware.ts'
import { portableNormals } from '../../../src/math/bottleneck/portableNormals.ts'
import { entropyOf, truncationRules } from '../../../src/math/bottleneck/truncation.ts'
import { fromRows } from '../../../src/math/linalg/matrix.ts'
import { softmax } from '../../../src/math/normalizers/softmax.ts'
import { golden, hidden, largestError, logits, weights } from './fixtures.ts'

const samplers = golden<{
  cases: {
    name: string
    V: number
    seed: number
    scale: number
    entropy: number
    sets: Record<string, number[]>
    keptMass: Record<string, number>
  }[]
}>('samplers')
const ids: Record<string, string> = {
  topk: 'top-k',
  topp: 'top-p',
  epsilon: 'epsilon',
  eta: 'eta',
  minp: 'min-p',
  typical: 'typical',
}

describe.each(samplers.cases)('truncation of the $name distribution', ({ V, seed, scale, entropy, sets, keptMass }) => {
  const p = softmax(portableNormals(seed, 1, V, scale).values, 1)

  it.each(Object.entries(sets))('%s keeps the golden tokens and mass', (name, tokens) => {
    const [kind, parameter] = name.split('_')
    const kept = truncationRules.find(({ id }) => id === ids[kind!])!.keep(p, Number(parameter))
    expect(kept).toEqual(tokens)
    expect(Math.abs(kept.reduce((sum, token) => sum + p[token]!, 0) - keptMass[name]!)).toBeLessThan(1e-12)
  })

  it('has the golden entropy', () => {
    expect(Math.abs(entropyOf(p) - entropy)).toBeLessThan(1e-12)
  })
})

interface BatCase {
  V: number
  d: number
  c: number | null
  seedW: number
  seedH: number
  hScale: number
  taus: { tau: number; threshold: number[]; accepted: number[]; margin: number[]; ambiguous: number[] }[]
}
const bat = golden<{ cases: BatCase[] }>('bat')

describe.each(bat.cases)('basis-aware truncation, V = $V, d = $d, c = $c', (b) => {
  const w = weights(b.seedW, b.V, b.d)
  const p = softmax(logits(hidden(b.seedH, 1, b.d, b.hScale), w).values, 1)

  it.each(b.taus)('at τ = $tau accepts the golden tokens', ({ tau, threshold, accepted, margin, ambiguous }) => {
    const verdicts = basisAwareTruncation(w, p, tau, b.c)
    const clear = verdicts.map((_, token) => token).filter((token) => !ambiguous.includes(token))
    const names = (chosen: (token: number) => boolean) => clear.filter(chosen)
    expect(names((t) => verdicts[t]!.byThreshold)).toEqual(names((t) => threshold.includes(t)))
    expect(names((t) => verdicts[t]!.accepted)).toEqual(names((t) => accepted.includes(t)))
    const solved = clear.filter((t) => margin[t]! >= 0)
    // The golden solver stops within 1e-9 of feasible, which moves a margin by up to 1.2e-8 where the smallest
    // probabilities are 1e-12 (V = 200); ours meets every equation to 1e-14.
    const tolerance = b.V < 200 ? 1e-9 : 2e-8
    expect(
      largestError(
        solved.map((t) => verdicts[t]!.margin),
        solved.map((t) => margin[t]!),
      ),
    ).toBeLessThan(tolerance)
  })
})

describe('basis-aware truncation', () => {
  it('of three tokens on a line: the middle one can be absent, the ends cannot (by hand)', () => {
    // W = (−1, 0, 1), p = (.02, .96, .02): q₁ = q₃ and q₂ = 1 − 2 q₁ with q₁ ≤ .02 / (1 − τ); τ = .05 lets q₁ reach .0211.
    const [first, middle, last] = basisAwareTruncation(
      fromRows([[-1], [0], [1]]),
      Float64Array.of(0.02, 0.96, 0.02),
      0.05,
    )
    expect(middle).toEqual({ byThreshold: true, accepted: true, margin: NaN })
    // q₂ ≤ .96 / .95 caps nothing, so q₁ = q₃ = 0 is possible.
    expect([first!.accepted, last!.accepted]).toEqual([false, false])
    expect(largestError([first!.margin, last!.margin], [0, 0])).toBeLessThan(1e-15)
  })

  it('refuses probabilities of another length', () => {
    expect(() => basisAwareTruncation(fromRows([[1], [2]]), Float64Array.of(1), 0.1)).toThrow('1 probabilities, 2 rows')
  })
})
