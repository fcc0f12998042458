import { useLayoutEffect, useRef, type KeyboardEvent, type PointerEvent } from 'react'
import { useThemeChanges } from '../../charts/useThemeChanges.ts'
import { useWidth } from '../../charts/useWidth.ts'
import { variantColour } from '../../charts/variantColour.ts'

export interface Cell {
  /** Positions, from 0. */
  readonly query: number
  readonly key: number
}

export interface MapPictureProps {
  readonly normalizer: string
  /** [T, T], row-major. */
  readonly map: Float32Array
  readonly T: number
  readonly triggers: readonly boolean[]
  /** Queries from the top down. */
  readonly order: readonly number[]
  readonly cell: Cell
  readonly point: (cell: Cell) => void
}

/** Pixels left of the map for what each row is. */
const gutter = 10
const widest = 340

/** A map of attention on a canvas: rows look, columns are looked at. */
export function MapPicture({ normalizer, map, T, triggers, order, cell, point }: MapPictureProps) {
  const [box, width] = useWidth<HTMLDivElement>()
  const canvas = useRef<HTMLCanvasElement>(null)
  const theme = useThemeChanges()
  const size = Math.max(1, (Math.min(width, widest) - gutter) / T)
  const side = size * T
  useLayoutEffect(() => {
    const element = canvas.current
    const context = element?.getContext('2d')
    if (!element || !context || width === 0) return
    const density = window.devicePixelRatio || 1
    element.width = Math.round((side + gutter) * density)
    element.height = Math.round(side * density)
    context.setTransform(density, 0, 0, density, 0, 0)
    paint(context, { map, T, triggers, order, size, style: getComputedStyle(element) })
  }, [map, T, triggers, order, size, side, width, theme])

  const onPointer = (event: PointerEvent<HTMLElement>) => {
    const bounds = event.currentTarget.getBoundingClientRect()
    const row = Math.floor((event.clientY - bounds.top) / size)
    const key = Math.floor((event.clientX - bounds.left - gutter) / size)
    const query = order[Math.min(Math.max(row, 0), T - 1)]!
    point({ query, key: Math.min(Math.max(key, 0), query) })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const [down, right] = moves[event.key] ?? [0, 0]
    if ((down === 0 && right === 0) || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    const query = order[Math.min(Math.max(order.indexOf(cell.query) + down, 0), T - 1)]!
    point({ query, key: Math.min(Math.max(cell.key + right, 0), query) })
  }
  const top = order.indexOf(cell.query) * size
  return (
    <div ref={box}>
      {/* It takes the arrow keys, and names in words what they reach. */}
      {/* oxlint-disable jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions */}
      <div
        className="sinks-picture"
        role="group"
        aria-label={`${normalizer}: attention of ${T} tokens; arrow keys move over the cells, Home and End to a row’s first and last`}
        tabIndex={0}
        style={{ width: side + gutter, height: side }}
        onPointerMove={onPointer}
        onPointerDown={onPointer}
        onKeyDown={onKeyDown}
      >
        <canvas
          ref={canvas}
          aria-hidden="true"
          style={{ width: side + gutter, height: side, color: variantColour(normalizer) }}
        />
        <span className="sinks-row" style={{ top, height: size, left: gutter, width: side }} />
        <span className="sinks-cell" style={{ top, height: size, left: gutter + cell.key * size, width: size }} />
      </div>
      {/* oxlint-enable jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions */}
    </div>
  )
}

const moves: Readonly<Record<string, readonly [down: number, right: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  Home: [0, -Infinity],
  End: [0, Infinity],
}

interface Paint extends Pick<MapPictureProps, 'map' | 'T' | 'triggers' | 'order'> {
  /** Pixels a cell. */
  readonly size: number
  readonly style: CSSStyleDeclaration
}

function paint(context: CanvasRenderingContext2D, { map, T, triggers, order, size, style }: Paint): void {
  const colour = (name: string) => style.getPropertyValue(name).trim()
  const [ink, bar, future] = [colour('--ink'), colour('--bar'), colour('--hairline')]
  for (const [row, query] of order.entries()) {
    const top = row * size
    context.globalAlpha = 1
    context.fillStyle = triggers[query] ? ink : bar
    context.fillRect(0, top + 0.5, gutter - 4, Math.max(1, size - 1))
    // What a token may not see yet.
    context.fillStyle = future
    context.globalAlpha = 0.35
    context.fillRect(gutter + (query + 1) * size, top, (T - query - 1) * size, size)
    context.fillStyle = style.color
    for (let key = 0; key <= query; key++) {
      context.globalAlpha = Math.min(1, Math.max(0, map[query * T + key]!))
      if (context.globalAlpha > 0) context.fillRect(gutter + key * size, top, size, size)
    }
  }
}
