import { describe, expect, it } from 'vitest'
import { chebyshevRadius } from '../../../src/math/bottleneck/chebyshevRadius.ts'
import { OutputTokens } from '../../../src/math/bottleneck/outputTokens.ts'
import { portableNormals } from '../../../src/math/bottleneck/portableNormals.ts'
import { unitRows, voronoiBias } from '../../../src/math/bottleneck/prevention.ts'
import { entropyCeiling, probabilityCeiling } from '../../../src/math/bottleneck/probabilityCeiling.ts'
import {
  decideByLeastSquares,
  enclosureError,
  hullResidual,
  testToken,
  tokenTester,
  type TokenVerdict,
} from '../../../src/math/bottleneck/unargmaxable.ts'
import { hullInPlane, hullInSpace } from '../../../src/math/linalg/hulls.ts'
import { fromRows } from '../../../src/math/linalg/matrix.ts'
import { golden, largestError } from './fixtures.ts'

interface Case {
  name: string
  V: number
  d: number
  seedW: number
  seedB: number | null
  bias: boolean | 'prevent' | null
  normalised: boolean
  box: number
  unargmaxable: number[]
  unargmaxableNnls: number[]
  chebyshevRadius: number[]
  hullResidual: number[]
  certifiedByOwnVector: number
  qhullVertices?: number[]
  hullCounterClockwise?: number[]
  maxProb?: { token: number; p: number }[]
}
const { cases, sweep } = golden<{ cases: Case[]; sweep: { V: number; d: number; seedW: number; indices: number[] }[] }>(
  'unargmax',
)

function tokensOf(c: Case): OutputTokens {
  const raw = portableNormals(c.seedW, c.V, c.d)
  const w = c.normalised ? unitRows(raw) : raw
  const bias = c.bias === 'prevent' ? voronoiBias(w) : c.bias === true ? portableNormals(c.seedB!, 1, c.V).values : null
  return new OutputTokens(w, bias)
}
const everyToken = <T>({ count }: OutputTokens, f: (token: number) => T): T[] =>
  Array.from({ length: count }, (_, token) => f(token))
const lost = (verdicts: readonly TokenVerdict[]): number[] =>
  verdicts.flatMap(({ kind }, token) => (kind === 'unargmaxable' ? [token] : []))

/** argmax of W h + b, without anything of ours but the weights. */
function winnerAt({ weights, bias, count, dimension }: OutputTokens, h: Float64Array): number {
  const z = Array.from({ length: count }, (_, j) => {
    let logit = bias[j]!
    for (let k = 0; k < dimension; k++) logit += weights.values[j * dimension + k]! * h[k]!
    return logit
  })
  return z.indexOf(Math.max(...z))
}

describe.each(cases)('tokens of $name', (c) => {
  const tokens = tokensOf(c)
  const verdicts = everyToken(tokens, (token) => testToken(tokens, token))
  const together = everyToken(tokens, tokenTester(tokens))

  it('that can never win are the golden ones, tested alone, without the prefilter, or together; none is undecided', () => {
    expect(lost(verdicts)).toEqual(c.unargmaxableNnls)
    expect(lost(together)).toEqual(c.unargmaxableNnls)
    expect(together.filter(({ kind }) => kind === 'undecided')).toEqual([])
    expect(lost(everyToken(tokens, (token) => decideByLeastSquares(tokens, token)))).toEqual(c.unargmaxableNnls)
    expect(verdicts.filter(({ kind }) => kind === 'undecided')).toEqual([])
    const byOwnRow = verdicts.filter((v) => v.kind === 'argmaxable' && v.foundBy === 'own row')
    expect(byOwnRow.length).toBe(c.certifiedByOwnVector)
  })

  it('carry certificates that verify: a state at which the token wins, or weights that enclose it within 1e-14', () => {
    const both = [...verdicts.entries(), ...together.entries()]
    const won = both.flatMap(([token, v]) => (v.kind === 'argmaxable' ? [[winnerAt(tokens, v.hidden), token]] : []))
    expect(won.map(([winner]) => winner)).toEqual(won.map(([, token]) => token))
    // d + 1 enclosing tokens suffice, and one more to carry a bias.
    const most = c.bias === null ? c.d + 1 : c.d + 2
    const bad = both.filter(
      ([token, v]) =>
        v.kind === 'unargmaxable' &&
        !(v.enclosedBy.length <= most && enclosureError(tokens, token, v.enclosedBy, v.weights) < 1e-14),
    )
    expect(bad).toEqual([])
  })

  it('have the golden distances from the hull, and radii in the box of ±100', () => {
    const residuals = everyToken(tokens, (token) => hullResidual(tokens, token))
    expect(largestError(residuals, c.hullResidual)).toBeLessThan(1e-8)
    const radii = everyToken(tokens, (token) => chebyshevRadius(tokens, token, c.box))
    expect(radii.flatMap((r, token) => (r < 1e-8 ? [token] : []))).toEqual(c.unargmaxable)
    const relative = radii.map(
      (r, i) => Math.abs(Math.max(r, 0) - c.chebyshevRadius[i]!) / (c.chebyshevRadius[i]! || 1),
    )
    expect(Math.max(...relative)).toBeLessThan(1e-6)
  })

  it('have the golden ceilings of probability, below the ceiling that the weights alone prove', () => {
    for (const { token, p } of c.maxProb ?? []) {
      const { probability } = probabilityCeiling(tokens, token)
      expect(Math.abs(probability / p - 1)).toBeLessThan(1e-6)
      const verdict = verdicts[token]!
      const proved = verdict.kind === 'unargmaxable' ? entropyCeiling(verdict.weights) : 1
      expect(probability).toBeLessThanOrEqual(proved * (1 + 1e-12))
      expect(proved).toBeLessThanOrEqual(0.5)
    }
  })
})

// Of a layer without a bias, in a plane or in space, where a hull is found by other means.
const hulls = cases.filter(({ d, bias }) => d <= 3 && bias === null)

it('the golden file has layers with a hull in the plane and in space', () => {
  expect(new Set(hulls.map(({ d }) => d))).toEqual(new Set([2, 3]))
})

it.each(hulls)('tokens of $name that can win are the corners of its hull', (c) => {
  const { weights } = tokensOf(c)
  const corners = new Set(c.d === 2 ? hullInPlane(weights) : hullInSpace(weights).flat())
  const winners = Array.from({ length: c.V }, (_, token) => token).filter((t) => !c.unargmaxable.includes(t))
  expect([...corners].toSorted((x, y) => x - y)).toEqual(winners)
})

const turns = cases.flatMap((c) => (c.hullCounterClockwise ? [{ ...c, turn: c.hullCounterClockwise }] : []))

it.each(turns)('the hull of $name in the plane turns as the golden one does', (c) => {
  const plane = hullInPlane(tokensOf(c).weights)
  const at = plane.indexOf(c.turn[0]!)
  expect([...plane.slice(at), ...plane.slice(0, at)]).toEqual(c.turn)
})

it.each(sweep)('of $V tokens in $d dimensions the golden ones are lost', ({ V, d, seedW, indices }) => {
  const tokens = new OutputTokens(portableNormals(seedW, V, d), null)
  expect(lost(everyToken(tokens, (token) => testToken(tokens, token)))).toEqual(indices)
  expect(lost(everyToken(tokens, tokenTester(tokens)))).toEqual(indices)
})

describe('edges', () => {
  it('a token and its copy both lose, each enclosed by the other; a bias above the copy’s saves it', () => {
    const rows = fromRows([
      [1, 0],
      [1, 0],
      [-1, 1],
      [-1, -1],
    ])
    const twins = new OutputTokens(rows, null)
    expect(testToken(twins, 0)).toMatchObject({ kind: 'unargmaxable', enclosedBy: [1], error: 0 })
    const biased = new OutputTokens(rows, Float64Array.of(0.5, 0, 0, 0))
    expect([0, 1, 2, 3].map((token) => testToken(biased, token).kind)).toEqual([
      'argmaxable',
      'unargmaxable',
      'argmaxable',
      'argmaxable',
    ])
  })

  it('a point in the middle of an edge loses, a nanometre outside it wins', () => {
    const middle = (x: number) =>
      testToken(
        new OutputTokens(
          fromRows([
            [x, 0],
            [0, 1],
            [0, -1],
            [-1, 0],
          ]),
          null,
        ),
        0,
      ).kind
    expect([middle(0), middle(1e-6), middle(-1e-6)]).toEqual(['unargmaxable', 'argmaxable', 'unargmaxable'])
  })

  it('verdicts do not change with the scale of the weights, nor with a vector added to every row', () => {
    const base = portableNormals(1801, 40, 3)
    const kinds = (scale: number, shift: number) => {
      const tokens = new OutputTokens({ ...base, values: base.values.map((x) => x * scale + shift) }, null)
      return everyToken(tokens, (token) => testToken(tokens, token).kind)
    }
    expect(kinds(1e-6, 0)).toEqual(kinds(1, 0))
    expect(kinds(1e6, 0)).toEqual(kinds(1, 0))
    expect(kinds(1, 1e5)).toEqual(kinds(1, 0))
  })

  it('refuses one token, a bias of another length, and NaN by its place', () => {
    expect(() => new OutputTokens(fromRows([[1, 2]]), null)).toThrow('there must be at least two tokens')
    expect(() => new OutputTokens(fromRows([[1], [2]]), Float64Array.of(1))).toThrow('1 entries for 2 tokens')
    expect(() => new OutputTokens(fromRows([[1], [NaN]]), null)).toThrow('row 1, column 0 is NaN')
    expect(() => new OutputTokens(fromRows([[1], [2]]), Float64Array.of(0, NaN))).toThrow('entry 1 is NaN')
  })
})
