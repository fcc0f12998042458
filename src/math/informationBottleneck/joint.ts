import { DomainError, ShapeError } from '../errors.ts'
import type { Matrix } from '../linalg/matrix.ts'

/** A joint distribution p(x, y) with what is needed of it again and again. Nats. */
export interface Joint {
  readonly nx: number
  readonly ny: number
  /** p(x, y), shape [nx, ny]; every row has some mass. */
  readonly p: Float64Array
  /** p(x), shape [nx]. */
  readonly px: Float64Array
  /** p(y), shape [ny]. */
  readonly py: Float64Array
  /** p(y|x), shape [nx, ny]. */
  readonly channel: Float64Array
  /** H(Y|x), shape [nx]. */
  readonly conditional: Float64Array
  readonly H_X: number
  readonly H_Y: number
  readonly I_XY: number
}

/** −Σ p ln p over the entries, nats. */
export function entropy(p: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < p.length; i++) if (p[i]! > 0) sum -= p[i]! * Math.log(p[i]!)
  return sum
}

/**
 * A joint distribution from a table of weights, scaled to sum to 1; rows without mass are refused, since no encoder is
 * defined there.
 * @throws DomainError for a negative or infinite weight, an empty row, or no mass; ShapeError for an empty table
 */
export function jointFrom({ rows, cols, values }: Matrix): Joint {
  if (rows < 1 || cols < 1)
    throw new ShapeError('joint: the table is empty; it needs a row for each x and a column for each y')
  const bad = values.findIndex((value) => !(value >= 0 && value < Infinity))
  if (bad >= 0)
    throw new DomainError(
      `joint: row ${Math.floor(bad / cols)}, column ${bad % cols} is ${values[bad]}; it must be a finite number, 0 or more`,
    )
  const total = values.reduce((sum, value) => sum + value, 0)
  const p = values.map((value) => value / total)
  const px = new Float64Array(rows)
  const py = new Float64Array(cols)
  for (let x = 0; x < rows; x++)
    for (let y = 0; y < cols; y++) {
      px[x]! += p[x * cols + y]!
      py[y]! += p[x * cols + y]!
    }
  const empty = px.findIndex((mass) => !(mass > 0))
  if (empty >= 0) throw new DomainError(`joint: row ${empty} has no mass; leave it out`)
  const channel = p.map((mass, i) => mass / px[Math.floor(i / cols)]!)
  const conditional = px.map((_, x) => entropy(channel.subarray(x * cols, (x + 1) * cols)))
  const [H_X, H_Y] = [entropy(px), entropy(py)]
  return { nx: rows, ny: cols, p, px, py, channel, conditional, H_X, H_Y, I_XY: H_X + H_Y - entropy(p) }
}
