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

/** Cells at least this wide are set apart; pixels. */
const gapsFrom = 6

/**
 * Draws a window of a map, queries downwards and keys to the right. Where a cell is less than a pixel, the largest weight
 * of those that share one is drawn, so that no line of a sink is lost.
 */
export function paintMap(context: CanvasRenderingContext2D, paint: MapPaint): void {
  const { window, side, unseen } = paint
  context.fillStyle = unseen
  context.fillRect(0, 0, side, side)
  const cells = Math.min(window.size, Math.floor(side))
  if (side / cells < gapsFrom) paintDots(context, paint, cells)
  else paintCells(context, paint, cells)
}

function paintCells(context: CanvasRenderingContext2D, paint: MapPaint, cells: number): void {
  const { side, full, empty, ringColour } = paint
  const edge = (i: number) => (i * side) / cells
  eachCell(paint, cells, (row, col, weight) => {
    const box = [edge(col), edge(row), edge(col + 1) - edge(col) - 1, edge(row + 1) - edge(row) - 1] as const
    context.fillStyle = empty
    context.globalAlpha = 1
    context.fillRect(...box)
    context.fillStyle = full
    context.globalAlpha = shadeOf(weight)
    context.fillRect(...box)
    context.globalAlpha = 1
    if (weight === 0 && box[2] >= ringsFrom) ring(context, box, ringColour)
  })
}

/** Many small cells as one picture, which is much faster than a rectangle each. */
function paintDots(context: CanvasRenderingContext2D, paint: MapPaint, cells: number): void {
  const canvas = new OffscreenCanvas(cells, cells)
  const small = canvas.getContext('2d', { willReadFrequently: true })
  if (small === null) return
  const [full, empty] = [rgbOf(small, paint.full), rgbOf(small, paint.empty)]
  // Where nothing is seen it stays clear.
  const image = small.createImageData(cells, cells)
  eachCell(paint, cells, (row, col, weight) => {
    const shade = shadeOf(weight)
    const at = 4 * (row * cells + col)
    for (let c = 0; c < 3; c++) image.data[at + c] = empty[c]! + shade * (full[c]! - empty[c]!)
    image.data[at + 3] = 255
  })
  small.putImageData(image, 0, 0)
  context.imageSmoothingEnabled = false
  context.drawImage(canvas, 0, 0, paint.side, paint.side)
}

/** A CSS colour of whatever notation, as the canvas understands it. */
function rgbOf(context: OffscreenCanvasRenderingContext2D, colour: string): Uint8ClampedArray {
  context.fillStyle = colour
  context.fillRect(0, 0, 1, 1)
  return context.getImageData(0, 0, 1, 1).data
}

function eachCell(
  { weights, tokens, window }: MapPaint,
  cells: number,
  draw: (row: number, col: number, weight: number) => void,
): void {
  const token = (i: number) => Math.floor((i * window.size) / cells)
  for (let row = 0; row < cells; row++)
    for (let col = 0; col < cells; col++) {
      const query = window.query + token(row)
      const key = window.key + token(col)
      const lastQuery = window.query + Math.max(token(row), token(row + 1) - 1)
      if (key > lastQuery) continue
      const lastKey = window.key + Math.max(token(col), token(col + 1) - 1)
      draw(row, col, largest(weights, tokens, [query, lastQuery], [key, lastKey]))
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
