import { ShapeError } from '../errors.ts'
import type { OutputTokens } from './outputTokens.ts'

/** Where a token wins: the corners of a convex polygon in the plane of hidden states, counter-clockwise. */
export interface WinnerCell {
  readonly token: number
  /** x and y of each corner. */
  readonly corners: readonly (readonly [number, number])[]
}

/**
 * The states (x, y), |x| and |y| ≤ reach, at which each token has the largest logit: half planes
 * (wᵢ − wⱼ)·h ≥ bⱼ − bᵢ, cut from the square one after the other. A token that wins nowhere there has no cell, and neither
 * do tokens that tie with another everywhere.
 * @param candidates  the tokens asked about
 * @throws ShapeError if hidden states are not in a plane
 * O(candidates · V)
 */
export function winnerCells(tokens: OutputTokens, candidates: readonly number[], reach: number): WinnerCell[] {
  if (tokens.dimension !== 2) throw new ShapeError(`winnerCells: states have ${tokens.dimension} coordinates, not 2`)
  const { weights, bias, count } = tokens
  const w = weights.values
  return candidates.flatMap((token) => {
    let corners: readonly (readonly [number, number])[] = [
      [-reach, -reach],
      [reach, -reach],
      [reach, reach],
      [-reach, reach],
    ]
    for (let j = 0; j < count && corners.length > 0; j++) {
      if (j === token) continue
      const [x, y] = [w[2 * token]! - w[2 * j]!, w[2 * token + 1]! - w[2 * j + 1]!]
      corners = cut(corners, x, y, bias[token]! - bias[j]!)
    }
    return area(corners) > 1e-12 * reach * reach ? [{ token, corners }] : []
  })
}

/** The part of a convex polygon where a x + b y + c > 0, with its border; nothing where that is the border alone. */
function cut(corners: readonly (readonly [number, number])[], a: number, b: number, c: number) {
  const values = corners.map(([x, y]) => a * x + b * y + c)
  if (!values.some((value) => value > 0)) return []
  if (values.every((value) => value >= 0)) return corners
  return corners.flatMap((corner, k): (readonly [number, number])[] => {
    const after = (k + 1) % corners.length
    const [here, there] = [values[k]!, values[after]!]
    const kept = here >= 0 ? [corner] : []
    if (here >= 0 === there >= 0) return kept
    const [x, y] = corner
    const [nextX, nextY] = corners[after]!
    const share = here / (here - there)
    return [...kept, [x + share * (nextX - x), y + share * (nextY - y)]]
  })
}

function area(corners: readonly (readonly [number, number])[]): number {
  let twice = 0
  for (const [k, [x, y]] of corners.entries()) {
    const [nextX, nextY] = corners[(k + 1) % corners.length]!
    twice += x * nextY - nextX * y
  }
  return twice / 2
}
