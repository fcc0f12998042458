import { describe, expect, it } from 'vitest'
import { portableNormals } from '../../src/math/bottleneck/portableNormals.ts'
import { rowOf } from '../../src/math/linalg/matrix.ts'
import { golden } from '../math/bottleneck/fixtures.ts'
import { jsonLines, softscope } from './softscope.ts'

interface Answer {
  unargmaxable: number[]
  enclosedBy: Record<string, number[]>
  ceiling: Record<string, number>
  weights: Record<string, number[]>
  winsAt: Record<string, number[]>
  notes?: string[]
}

async function answers(lines: readonly unknown[], ...flags: string[]) {
  const { status, stdout } = await softscope(
    ['unargmaxable', ...flags],
    lines.map((line) => JSON.stringify(line)).join('\n'),
  )
  return { status, lines: jsonLines(stdout) as Answer[] }
}

const triangle = [
  [1, 0],
  [0, 1],
  [-1, -1],
]
const logit = (row: readonly number[], h: readonly number[]): number => row.reduce((sum, w, k) => sum + w * h[k]!, 0)

// Each call starts a process: 0.1 s, and more where the machine is busy.
describe('softscope unargmaxable', { timeout: 30_000 }, () => {
  it('of a triangle and its centre gives the centre, enclosed by all three, at most at 1/4 (by symmetry)', async () => {
    const { lines, status } = await answers([{ W: [...triangle, [0, 0]] }])
    expect(status).toBe(0)
    expect(Object.keys(lines[0]!)).toEqual(['unargmaxable', 'enclosedBy', 'ceiling'])
    expect(lines[0]!.unargmaxable).toEqual([3])
    expect(lines[0]!.enclosedBy).toEqual({ 3: [0, 1, 2] })
    expect(lines[0]!.ceiling['3']).toBeCloseTo(0.25, 12)
  })

  it('lets the centre win once its bias is larger', async () => {
    const { lines } = await answers([{ W: [...triangle, [0, 0]], b: [0, 0, 0, 0.5] }])
    expect(lines).toEqual([{ unargmaxable: [], enclosedBy: {}, ceiling: {} }])
  })

  it('gives the golden tokens and ceilings, with certificates that check', async () => {
    const { cases } = golden<{
      cases: {
        V: number
        d: number
        seedW: number
        seedB: number | null
        name: string
        unargmaxableNnls: number[]
        maxProb?: { token: number; p: number }[]
      }[]
    }>('unargmax')
    const chosen = cases.filter(({ name }) => ['2d_small', '3d_medium', '4d_bias'].includes(name))
    expect(chosen.length).toBe(3)
    const inputs = chosen.map(({ V, d, seedW, seedB }) => {
      const w = portableNormals(seedW, V, d)
      const b = seedB === null ? null : [...portableNormals(seedB, 1, V).values]
      return { W: Array.from({ length: V }, (_, r) => [...rowOf(w, r)]), b }
    })
    const { lines } = await answers(inputs, '--certificates')
    lines.forEach((line, i) => {
      const { W, b } = inputs[i]!
      expect(line.unargmaxable).toEqual(chosen[i]!.unargmaxableNnls)
      for (const { token, p } of chosen[i]!.maxProb ?? []) expect(line.ceiling[token]! / p).toBeCloseTo(1, 6)
      for (const [token, h] of Object.entries(line.winsAt)) {
        const z = W.map((row, j) => logit(row, h) + (b?.[j] ?? 0))
        expect(z.indexOf(Math.max(...z))).toBe(Number(token))
      }
      for (const token of line.unargmaxable) {
        const lambda = line.weights[token]!
        const mean = W[token]!.map((_, k) =>
          line.enclosedBy[token]!.reduce((sum, j, n) => sum + lambda[n]! * W[j]![k]!, 0),
        )
        expect(Math.max(...mean.map((x, k) => Math.abs(x - W[token]![k]!)))).toBeLessThan(1e-13)
      }
    })
  })

  it('says of a repeated row that the two tie, and answers bad lines by what is wrong', async () => {
    const { lines, status } = await answers([
      {
        W: [
          [1, 0],
          [1, 0],
          [0, 1],
        ],
      },
      { W: [[1, 0]] },
      {
        W: [
          [1, 0],
          [0, null],
        ],
      },
      { W: triangle, b: [1] },
      { W: triangle, b: [1, 2, 'x'] },
      {},
      { w: triangle },
      { W: triangle, bias: [0, 0, 1] },
      { W: triangle, Biases: [0, 0, 1] },
      { W: triangle, b: [0, 0, 1], bias: [1, 0, 0] },
      { weights: triangle },
    ])
    expect(status).toBe(1)
    expect(lines[0]).toMatchObject({ unargmaxable: [0, 1], enclosedBy: { 0: [1], 1: [0] } })
    expect(lines[0]!.notes![0]).toContain('tokens 0 and 1 have the same row')
    expect(lines.slice(1)).toEqual(
      [
        'line 2: "W" has one row; a token needs others to win against: give at least 2 rows',
        'line 3: "W" has null at row 1, column 1; entries must be finite numbers',
        'line 4: "b" has 1 entry; it must have 3',
        'line 5: "b" has "x" at entry 2; entries must be finite numbers',
        'line 6: "W" is missing; write {"W":[[1,0],[0,1],[-1,-1]]}',
        'line 7: "w" is not a field; write "W"',
        'line 8: "bias" is not a field; write "b"',
        'line 9: "Biases" is not a field; write "b"',
        'line 10: "bias" is not a field; write "b"',
        'line 11: "weights" is not a field; write "W"',
      ].map((error) => ({ error })),
    )
  })
})
