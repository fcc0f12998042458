import { entropyOfCounts } from './entropy.ts'
import { sizesOf, type Labels } from './sample.ts'
import type { Reading } from './contract.ts'

/** Rows numbered by the state they fall in: equal rows of cells are one state. */
export interface States {
  readonly of: Int32Array
  readonly count: number
}

/** Beyond this many entries a table of pairs costs more to clear than a hash map costs to fill. */
const tableLimit = 1 << 22

/**
 * Joins the columns of cells from left to right, pairing the state so far with the next cell, so that no key overflows.
 * @param cells  whole numbers, shape [rows, cols], row-major
 * O(rows · cols).
 */
export function statesOf(cells: ArrayLike<number>, rows: number, cols: number): States {
  let of = new Int32Array(rows)
  let count = rows > 0 ? 1 : 0
  for (let c = 0; c < cols; c++) {
    let low = Infinity
    let high = -Infinity
    for (let r = 0; r < rows; r++) {
      const cell = cells[r * cols + c]!
      if (cell < low) low = cell
      if (cell > high) high = cell
    }
    const width = high - low + 1
    const next = new Int32Array(rows)
    if (width * count <= tableLimit) {
      const table = new Int32Array(width * count)
      count = 0
      for (let r = 0; r < rows; r++) {
        const key = of[r]! * width + (cells[r * cols + c]! - low)
        next[r] = (table[key] ||= ++count) - 1
      }
    } else count = pairByMap(of, cells, rows, cols, c, next)
    of = next
  }
  return { of, count }
}

function pairByMap(
  of: Int32Array,
  cells: ArrayLike<number>,
  rows: number,
  cols: number,
  c: number,
  next: Int32Array,
): number {
  const cellIds = new Map<number, number>()
  const pairs = new Map<number, number>()
  for (let r = 0; r < rows; r++) {
    const cell = cells[r * cols + c]!
    let id = cellIds.get(cell)
    if (id === undefined) cellIds.set(cell, (id = cellIds.size))
    const key = id * rows + of[r]!
    let pair = pairs.get(key)
    if (pair === undefined) pairs.set(key, (pair = pairs.size))
    next[r] = pair
  }
  return pairs.size
}

/**
 * Plug-in readings of quantised activations. Each row is a different input to a deterministic network, so that
 * I(X;T) = H(T); I(T;Y) = H(T) + H(Y) − H(T, Y). Nats.
 */
export function readStates(states: States, labels: Labels): Reading {
  const rows = states.of.length
  const pairs = new Int32Array(2 * rows)
  for (let r = 0; r < rows; r++) {
    pairs[2 * r] = states.of[r]!
    pairs[2 * r + 1] = labels.of[r]!
  }
  const H_T = entropyOfCounts(sizesOf(states))
  const joint = entropyOfCounts(sizesOf(statesOf(pairs, rows, 2)))
  // Never below 0 but for round-off, which must not show as information below nothing.
  const I_TY = Math.max(0, H_T + entropyOfCounts(sizesOf(labels)) - joint)
  return { nats: { H_T, I_XT: H_T, I_TY }, counts: { n_states: states.count } }
}
