import { createContext, useContext, useMemo, type PointerEvent, type ReactNode } from 'react'
import './charts.css'
import { frameScales, type BandScale, type FrameScales, type Margins, type QuantityScale } from './frameScales.ts'

const FrameContext = createContext<FrameScales | null>(null)

/** The scales of the frame around a mark. @throws if there is none */
export function useFrame(mark: string): FrameScales {
  const scales = useContext(FrameContext)
  if (scales === null) throw new Error(`<${mark}> must be inside a <Frame>`)
  return scales
}

export interface FrameProps {
  /** Spoken name: what the picture shows. */
  readonly label: string
  /** Pixels. */
  readonly width: number
  /** Pixels. */
  readonly height: number
  readonly x: BandScale | QuantityScale
  readonly y: QuantityScale
  /** Pixels between the edge and the plot; default 0 on every side. */
  readonly margins?: Partial<Margins>
  /** Marks in SVG. */
  readonly children?: ReactNode
  /** What lies below them: a canvas. */
  readonly under?: ReactNode
  /** What lies above them: handles in HTML. */
  readonly over?: ReactNode
  /** The entry under the pointer, or null as it leaves; for a band scale. */
  readonly onPoint?: (index: number | null) => void
}

/** The scales of a picture, and its SVG. Marks inside take data in data units. */
export function Frame({ label, width, height, x, y, margins, children, under, over, onPoint }: FrameProps) {
  const { top = 0, right = 0, bottom = 0, left = 0 } = margins ?? {}
  const band = x.kind === 'band'
  const [a, b] = band ? [x.count, x.gap ?? 0.3] : [x.low, x.high]
  const scales = useMemo(
    () =>
      frameScales(
        width,
        height,
        { top, right, bottom, left },
        band ? { kind: 'band', count: a, gap: b } : { kind: x.kind, low: a, high: b },
        { kind: y.kind, low: y.low, high: y.high },
      ),
    [width, height, top, right, bottom, left, band, x.kind, a, b, y.kind, y.low, y.high],
  )
  const point = (event: PointerEvent<HTMLElement>) =>
    onPoint?.(scales.indexAt(event.clientX - event.currentTarget.getBoundingClientRect().left))
  return (
    <FrameContext value={scales}>
      <div
        className="frame"
        style={{ width, height }}
        onPointerMove={onPoint && point}
        onPointerLeave={onPoint && (() => onPoint(null))}
      >
        {under}
        <svg width={width} height={height} role="img" aria-label={label}>
          {children}
        </svg>
        {over}
      </div>
    </FrameContext>
  )
}
