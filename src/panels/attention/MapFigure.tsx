import { useLayoutEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { shortNumber } from '../../charts/numberFormat.ts'
import { useThemeChanges } from '../../charts/useThemeChanges.ts'
import { variantColour } from '../../charts/variantColour.ts'
import { showing, wholeMap, zoomed, type MapWindow } from './mapWindow.ts'
import { paintMap } from './paintMap.ts'
import { tokenLabel } from './tokenLabel.ts'

export interface MapFigureProps {
  /** One head's weights, shape [T, T]. */
  readonly weights: Float64Array | Float32Array
  readonly tokens: readonly string[]
  /** What the head's rows are made by: an id in the registry; decides the hue. */
  readonly normalizer: string
  /** Spoken name: `layer 1, head 3`. */
  readonly name: string
  /** Pixels. */
  readonly side: number
  /** The key under the pointer, or null. */
  readonly onPoint: (key: number | null) => void
}

interface Cell {
  readonly query: number
  readonly key: number
}

/** Who looks where: a query's row, a key's column. Hover or use the arrow keys to read a weight, + and − to zoom. */
export function MapFigure({ weights, tokens, normalizer, name, side, onPoint }: MapFigureProps) {
  const T = tokens.length
  const [cell, setCell] = useState<Cell | null>(null)
  const [window, setWindow] = useState<MapWindow | null>(null)
  const view =
    window !== null && window.size <= T && window.query + window.size <= T && window.key + window.size <= T
      ? window
      : wholeMap(T)
  const canvas = useCanvas({ weights, tokens: T, window: view, side, normalizer })
  const at = cell !== null && cell.query < T ? cell : null

  const point = (next: Cell | null) => {
    setCell(next)
    onPoint(next?.key ?? null)
  }
  const zoom = (inwards: boolean) =>
    setWindow(zoomed(view, T, inwards, at ?? { query: view.query + view.size - 1, key: view.key }))
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    const place = (pixels: number, first: number) =>
      first + Math.min(view.size - 1, Math.max(0, Math.floor((pixels * view.size) / side)))
    point({ query: place(event.clientY - box.top, view.query), key: place(event.clientX - box.left, view.key) })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === '+' || event.key === '-') return zoom(event.key === '+')
    const [down, right] = steps[event.key] ?? [0, 0]
    if (down === 0 && right === 0) return
    event.preventDefault()
    const from = at ?? { query: T - 1, key: 0 }
    const move = (value: number, by: number) => Math.min(T - 1, Math.max(0, value + by * (event.shiftKey ? 10 : 1)))
    const next = { query: move(from.query, down), key: move(from.key, right) }
    setWindow(showing(view, next))
    point(next)
  }
  const box = (value: number, first: number) => ((value - first) * side) / view.size
  return (
    <div className="att-map">
      {/* A picture that is read by arrow keys must take the focus. */}
      {/* oxlint-disable jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions */}
      <div
        className="att-canvas"
        role="application"
        tabIndex={0}
        aria-label={`Attention map of ${name}, ${T} tokens. Arrow keys read a weight, plus and minus zoom.`}
        style={{ width: side, height: side }}
        onPointerMove={onPointerMove}
        onPointerDown={onPointerMove}
        onPointerLeave={() => point(null)}
        onKeyDown={onKeyDown}
      >
        {canvas}
        {at && (
          <>
            <span className="att-row" style={{ top: box(at.query, view.query), height: box(1, 0) }} />
            <span className="att-column" style={{ left: box(at.key, view.key), width: box(1, 0) }} />
          </>
        )}
      </div>
      {/* oxlint-enable jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions */}
      <p className="att-readout" aria-live="polite">
        {at ? readout(at, weights, tokens) : 'Rows are queries, columns are keys; point at a cell to read it.'}
      </p>
      <div className="att-zoom">
        <button
          type="button"
          className="tool-button"
          aria-label="Zoom in"
          disabled={view.size <= Math.min(8, T)}
          onClick={() => zoom(true)}
        >
          +
        </button>
        <button
          type="button"
          className="tool-button"
          aria-label="Zoom out"
          disabled={view.size >= T}
          onClick={() => zoom(false)}
        >
          −
        </button>
        <span className="att-soft">
          {view.size < T
            ? `${view.size} of ${T} tokens`
            : 'Darkness grows with the square root of the weight; a ring is an exact zero.'}
        </span>
      </div>
    </div>
  )
}

/** Down and right. */
const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

function readout({ query, key }: Cell, weights: MapFigureProps['weights'], tokens: readonly string[]): string {
  const name = (index: number) => `“${tokenLabel(tokens[index]!)}” (${index + 1})`
  if (key > query) return `${name(query)} cannot see ${name(key)}, which comes later.`
  const weight = weights[query * tokens.length + key]!
  return `${name(query)} looks at ${name(key)}: ${weight === 0 ? 'exactly 0' : shortNumber(weight, 4)}`
}

interface Drawn {
  readonly weights: Float64Array | Float32Array
  readonly tokens: number
  readonly window: MapWindow
  readonly side: number
  readonly normalizer: string
}

function useCanvas({ weights, tokens, window: { query, key, size }, side, normalizer }: Drawn) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const theme = useThemeChanges()
  const colour = variantColour(normalizer)
  useLayoutEffect(() => {
    const element = canvas.current
    const context = element?.getContext('2d')
    if (!element || !context) return
    const density = devicePixelRatio || 1
    element.width = Math.round(side * density)
    element.height = element.width
    context.setTransform(density, 0, 0, density, 0, 0)
    const style = getComputedStyle(element)
    paintMap(context, {
      weights,
      tokens,
      window: { query, key, size },
      side,
      full: style.color,
      empty: style.backgroundColor,
      unseen: style.borderTopColor,
      ringColour: style.getPropertyValue('--bar-edge'),
    })
  }, [weights, tokens, query, key, size, side, colour, theme])
  return <canvas ref={canvas} aria-hidden="true" style={{ width: side, height: side, color: colour }} />
}
