import { describe, expect, it } from 'vitest'
import { OutputTokens } from '../../../src/math/bottleneck/outputTokens.ts'
import { portableNormals } from '../../../src/math/bottleneck/portableNormals.ts'
import { voronoiBias } from '../../../src/math/bottleneck/prevention.ts'
import { winnerCells, type WinnerCell } from '../../../src/math/bottleneck/winnerCells.ts'
import { fromRows } from '../../../src/math/linalg/matrix.ts'
import { mulberry32 } from '../../../src/math/random/mulberry32.ts'

const everyone = ({ count }: OutputTokens) => Array.from({ length: count }, (_, token) => token)
const isInside = ({ corners }: WinnerCell, x: number, y: number) =>
  corners.every(([ax, ay], k) => {
    const [bx, by] = corners[(k + 1) % corners.length]!
    return (bx - ax) * (y - ay) - (by - ay) * (x - ax) >= 0
  })
const area = ({ corners }: WinnerCell) =>
  corners.reduce((sum, [x, y], k) => {
    const [nextX, nextY] = corners[(k + 1) % corners.length]!
    return sum + (x * nextY - nextX * y) / 2
  }, 0)

/** Tokens without a bias, with one, and with the bias of nearest rows. */
const layers = [
  ['no bias', new OutputTokens(portableNormals(1101, 20, 2), null)],
  ['a bias', new OutputTokens(portableNormals(1108, 30, 2), portableNormals(1208, 1, 30).values)],
  ['nearest rows', new OutputTokens(portableNormals(1102, 60, 2), voronoiBias(portableNormals(1102, 60, 2)))],
] as const

describe.each(layers)('cells with %s', (_name, tokens) => {
  const reach = 4
  const cells = winnerCells(tokens, everyone(tokens), reach)

  it('hold exactly the states at which their token has the largest logit, at 2000 places', () => {
    const draw = mulberry32(9)
    const logit = (token: number, x: number, y: number) =>
      tokens.weights.values[2 * token]! * x + tokens.weights.values[2 * token + 1]! * y + tokens.bias[token]!
    const wrong = Array.from({ length: 2000 }, () => {
      const [x, y] = [(2 * draw() - 1) * reach, (2 * draw() - 1) * reach]
      const logits = everyone(tokens).map((token) => logit(token, x, y))
      const winner = logits.indexOf(Math.max(...logits))
      const holding = cells.filter((cell) => isInside(cell, x, y)).map(({ token }) => token)
      return holding.length === 1 && holding[0] === winner ? null : { x, y, winner, holding }
    }).filter((each) => each !== null)
    expect(wrong).toEqual([])
  })

  it('fill the square together', () => {
    expect(cells.reduce((sum, cell) => sum + area(cell), 0)).toBeCloseTo(4 * reach * reach, 9)
  })
})

it('of the square’s four corners each wins a quadrant', () => {
  const rows = [
    [1, 1],
    [-1, 1],
    [-1, -1],
    [1, -1],
    [0, 0],
  ]
  const cells = winnerCells(new OutputTokens(fromRows(rows), null), [0, 1, 2, 3, 4], 2)
  expect(cells.map(({ token }) => token)).toEqual([0, 1, 2, 3])
  expect(cells.map(area)).toEqual([4, 4, 4, 4])
  expect(cells[0]!.corners.every(([x, y]) => x >= 0 && y >= 0)).toBe(true)
})

it('twins have no cell, and nobody else takes it', () => {
  const rows = [
    [1, 0],
    [1, 0],
    [-1, 1],
    [-1, -1],
  ]
  const cells = winnerCells(new OutputTokens(fromRows(rows), null), [0, 1, 2, 3], 1)
  expect(cells.map(({ token }) => token)).toEqual([2, 3])
  expect(cells.reduce((sum, cell) => sum + area(cell), 0)).toBeLessThan(4)
})

it('asks for states in a plane', () => {
  expect(() => winnerCells(new OutputTokens(portableNormals(1, 4, 3), null), [0], 1)).toThrow('3 coordinates, not 2')
})
