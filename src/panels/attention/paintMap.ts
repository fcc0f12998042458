import type { MapWindow } from './mapWindow.ts'

export interface MapPaint {
  /** One head's map, shape [tokens, tokens]. */
  readonly weights: Float64Array | Float32Array
  readonly tokens: number
  readonly window: MapWindow
  /** Side of the picture; pixels. */
  readonly side: number
  /** CSS colours, resolved: of a weight of 1, of 0, and of what a query does not see. */
  readonly full: string
  readonly empty: string
  readonly unseen: string
  /** Of the ring of an exact 0. */
  readonly ringColour: string
}

/** Cells at least this wide mark an exact 0; pixels. */
const ringsFrom = 11

/** Darkness of a weight: its square root, so that small ones are seen. */
export const shadeOf = (weight: number): number => Math.sqrt(Math.min(1, Math.abs(weight)))

/**
 * Draws a window of a map, queries downwards and keys to the right. Where a cell is less than a pixel, the largest weight
 * of those that share one is drawn, so that no line of a sink is lost.
 */
export function paintMap(context: CanvasRenderingContext2D, paint: MapPaint): void {
  const { weights, tokens, window, side, full, empty, unseen, ringColour } = paint
  context.fillStyle = unseen
  context.fillRect(0, 0, side, side)
  const cells = Math.min(window.size, Math.floor(side))
  const edge = (i: number) => (i * side) / cells
  const token = (i: number) => Math.floor((i * window.size) / cells)
  for (let row = 0; row < cells; row++)
    for (let col = 0; col < cells; col++) {
      const query = window.query + token(row)
      const key = window.key + token(col)
      const lastQuery = window.query + Math.max(token(row), token(row + 1) - 1)
      if (key > lastQuery) continue
      const weight = largest(
        weights,
        tokens,
        [query, lastQuery],
        [key, window.key + Math.max(token(col), token(col + 1) - 1)],
      )
      const gap = side / cells >= 6 ? 1 : 0
      const box = [edge(col), edge(row), edge(col + 1) - edge(col) - gap, edge(row + 1) - edge(row) - gap] as const
      context.fillStyle = empty
      context.globalAlpha = 1
      context.fillRect(...box)
      context.fillStyle = full
      context.globalAlpha = shadeOf(weight)
      context.fillRect(...box)
      context.globalAlpha = 1
      if (weight === 0 && box[2] >= ringsFrom) ring(context, box, ringColour)
    }
}

type Range = readonly [first: number, last: number]

function largest(weights: MapPaint['weights'], tokens: number, queries: Range, keys: Range): number {
  let most = 0
  for (let query = queries[0]; query <= queries[1]; query++)
    for (let key = keys[0]; key <= Math.min(keys[1], query); key++) {
      const weight = weights[query * tokens + key]!
      if (Math.abs(weight) > Math.abs(most)) most = weight
    }
  return most
}

function ring(
  context: CanvasRenderingContext2D,
  [x, y, width, height]: readonly [number, number, number, number],
  colour: string,
): void {
  context.strokeStyle = colour
  context.lineWidth = 1
  context.beginPath()
  context.arc(x + width / 2, y + height / 2, 2, 0, 2 * Math.PI)
  context.stroke()
}
