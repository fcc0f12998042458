import { useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react'
import { shortNumber } from '../../charts/numberFormat.ts'
import { useThemeChanges } from '../../charts/useThemeChanges.ts'
import { variantColour } from '../../charts/variantColour.ts'
import { fewest, showing, wholeMap, zoomed, type MapWindow } from './mapWindow.ts'
import { namesBelow, namesBeside } from './nameAxis.ts'
import { paintMap } from './paintMap.ts'
import { tokenLabel } from './tokenLabel.ts'
import { NamesBelow, NamesBeside } from './TokenNames.tsx'
import { useMapGestures, type MapCell as Cell } from './useMapGestures.ts'

export interface MapFigureProps {
  /** One head's weights, shape [T, T]. */
  readonly weights: Float64Array | Float32Array
  readonly tokens: readonly string[]
  /** What the head's rows are made by: an id in the registry; decides the hue. */
  readonly normalizer: string
  /** Spoken name: `layer 1, head 3`. */
  readonly name: string
  /** Pixels that it may take across, the names of the queries included. */
  readonly width: number
  /** The key under the pointer, or null. */
  readonly onPoint: (key: number | null) => void
}

const widest = 440
const widestCell = 44

/** Who looks where: a query's row, a key's column. Pointed at or by the arrow keys a weight is read; see {@link useMapGestures} for the zoom. */
export function MapFigure({ weights, tokens, normalizer, name, width, onPoint }: MapFigureProps) {
  const T = tokens.length
  const gutter = namesBeside(tokens, 1).depth
  const side = Math.min(width - gutter, widest, T * widestCell)
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
  const zoom = (factor: number) =>
    setWindow(zoomed(view, T, factor, at ?? { query: view.query + view.size - 1, key: view.key }))
  const { surface, ...gestures } = useMapGestures({ view, tokens: T, side, show: setWindow, point })
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const factor = zooms[event.key]
    if (factor !== undefined) return zoom(factor)
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
  const step = box(1, 0)
  const keys = tokens.slice(view.key, view.key + view.size)
  const queries = tokens.slice(view.query, view.query + view.size)
  const below = namesBelow(keys, step)
  // Of all tokens, so that nothing jumps where one zooms.
  const height = side + Math.max(below.depth, namesBelow(tokens, side / T).depth) + 4
  return (
    <div className="att-map">
      <div className="att-plot" style={{ width: gutter + side, height }}>
        <svg width={gutter + side} height={height} aria-hidden="true">
          <NamesBeside axis={namesBeside(queries, step)} tokens={queries} from={0} across={gutter} {...{ step }} />
          <NamesBelow axis={below} tokens={keys} from={gutter} across={side} {...{ step }} />
        </svg>
        {/* A picture that is read by arrow keys must take the focus. */}
        {/* oxlint-disable jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions */}
        <div
          ref={surface}
          className={view.size < T ? 'att-canvas is-zoomed' : 'att-canvas'}
          role="application"
          tabIndex={0}
          aria-label={`Attention map of ${name}, ${T} tokens. Arrow keys read a weight, plus and minus zoom, 0 shows all.`}
          style={{ left: gutter, width: side, height: side }}
          {...gestures}
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
      </div>
      <p className="att-readout" aria-live="polite">
        {at ? readout(at, weights, tokens) : 'Rows are queries, columns are keys; point at a cell to read it.'}
      </p>
      <ZoomLine shown={view.size} all={T} zoom={zoom} />
    </div>
  )
}

interface ZoomLineProps {
  /** Tokens in view, and of the text. */
  readonly shown: number
  readonly all: number
  readonly zoom: (factor: number) => void
}

function ZoomLine({ shown, all, zoom }: ZoomLineProps) {
  return (
    <div className="att-zoom">
      <button
        type="button"
        className="tool-button"
        aria-label="Zoom in"
        disabled={shown <= Math.min(fewest, all)}
        onClick={() => zoom(1 / 2)}
      >
        +
      </button>
      <button
        type="button"
        className="tool-button"
        aria-label="Zoom out"
        disabled={shown >= all}
        onClick={() => zoom(2)}
      >
        −
      </button>
      <span className="att-soft">
        {shown < all
          ? `${shown} of ${all} tokens; drag to move.`
          : 'Darkness grows with the square root of the weight; a ring is an exact zero. Pinch or double-click to zoom.'}
      </span>
    </div>
  )
}

/** Of the number of tokens in view. */
const zooms: Readonly<Record<string, number>> = { '+': 1 / 2, '=': 1 / 2, '-': 2, '0': Infinity }

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
