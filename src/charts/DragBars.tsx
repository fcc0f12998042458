import { memo, useRef, type KeyboardEvent, type ReactNode } from 'react'
import './drag.css'
import { valueAfterKey } from './dragKeys.ts'
import { useFrame } from './Frame.tsx'
import { ariaNumber, logitLabel } from './numberFormat.ts'
import { niceStep, roundTo } from './steps.ts'
import { usePointerDrag } from './usePointerDrag.ts'

export interface DragBarsProps {
  /** Heights in data units. */
  readonly values: ArrayLike<number>
  /** Spoken name of each bar. */
  readonly names: readonly string[]
  /** Spoken value of each bar: `logit 2.1, softmax weight 0.46`. */
  readonly spoken: (index: number) => string
  /** Whether a bar is drawn as dropped; default none. */
  readonly dropped?: (index: number) => boolean
  /** What stands below each bar; default nothing. */
  readonly foot?: (index: number) => ReactNode
  /** The bar that is pointed at somewhere else; default none. */
  readonly active?: number | null
  /** Ends of the scale; a drag stops there. */
  readonly low: number
  readonly high: number
  /** Edits of one drag, or of one press of a key, carry one gesture. */
  readonly onChange: (index: number, value: number, gesture: string) => void
  /** A drag begins (true) or ends. */
  readonly onDrag?: (dragging: boolean) => void
  /** A bar gets the focus, or (null) loses it. */
  readonly onFocus?: (index: number | null) => void
  /** Delete or Backspace on a bar. */
  readonly onDelete?: (index: number) => void
}

/** A drag moves in steps of at most this many pixels. */
const pixelsAStep = 2.5

const indexOf = (target: EventTarget): number | null => {
  const index = target instanceof Element ? target.closest<HTMLElement>('[data-index]')?.dataset['index'] : undefined
  return index === undefined ? null : Number(index)
}

/** Bars that a mouse, a finger, or the keyboard moves; they lie over a frame's plot. */
export function DragBars(props: DragBarsProps) {
  const { values, names, spoken, dropped, foot, active = null, low, high, onChange, onDrag, onFocus, onDelete } = props
  const { x, y, valueAt, bandwidth, top, bottom, height } = useFrame('DragBars')
  const gestures = useRef(0)
  const snap = niceStep(((high - low) / Math.max(bottom - top, 1)) * pixelsAStep)

  const onPointerDown = usePointerDrag<{ index: number; from: number; gesture: string }>({
    begin(event) {
      const { target } = event
      const index = indexOf(target)
      if (index === null || !(target instanceof Element) || target.closest('.drag-foot')) return null
      // A finger scrolls the page from the empty part of a column.
      if (event.pointerType !== 'mouse' && !target.closest('.drag-grip, .drag-bar')) return null
      event.currentTarget
        .querySelector<HTMLElement>(`[role=slider][data-index="${index}"]`)
        ?.focus({ preventScroll: true })
      return { index, from: y(values[index]!), gesture: `drag ${(gestures.current += 1)}` }
    },
    move({ index, from, gesture }, { dy, fine }) {
      onDrag?.(true)
      const value = roundTo(valueAt(from + dy), fine ? snap / 10 : snap)
      onChange(index, Math.min(Math.max(value, low), high), gesture)
    },
    end: () => onDrag?.(false),
  })

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const index = indexOf(event.target)
    if (index === null || (event.target as Element).getAttribute('role') !== 'slider') return
    if (onDelete && (event.key === 'Delete' || event.key === 'Backspace')) {
      event.preventDefault()
      // The last bar's place is gone with it; at any other the next bar moves up under the focus.
      const before = event.currentTarget.querySelector<HTMLElement>(`[role=slider][data-index="${index - 1}"]`)
      if (index === values.length - 1) before?.focus({ preventScroll: true })
      return onDelete(index)
    }
    const moved = valueAfterKey(event, values[index]!, low, high)
    if (moved === null) return
    event.preventDefault()
    if (!event.repeat) gestures.current += 1
    onChange(index, moved, `key ${gestures.current}`)
  }

  const columns = Array.from(values, (value, i) => (
    <Column
      key={i}
      index={i}
      centre={x(i)}
      bandwidth={bandwidth}
      base={y(0)}
      level={y(Math.min(Math.max(value, low), high))}
      height={height}
      value={value}
      low={Math.min(low, value)}
      high={Math.max(high, value)}
      name={names[i] ?? String(i)}
      spoken={spoken(i)}
      dropped={dropped?.(i) ?? false}
      active={active === i}
    />
  ))
  return (
    // The sliders inside take the focus and the keys; the layer only hears them bubble.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      className="drag-bars"
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
      onFocus={(event) => onFocus?.(indexOf(event.target))}
      onBlur={() => onFocus?.(null)}
    >
      {columns}
      {foot &&
        Array.from(values, (_, i) => (
          <div
            key={i}
            className="drag-foot"
            style={{ left: x(i) - bandwidth * 0.7, width: bandwidth * 1.4, top: bottom }}
          >
            {foot(i)}
          </div>
        ))}
    </div>
  )
}

interface ColumnProps {
  readonly index: number
  readonly centre: number
  readonly bandwidth: number
  readonly base: number
  readonly level: number
  readonly height: number
  readonly value: number
  readonly low: number
  readonly high: number
  readonly name: string
  readonly spoken: string
  readonly dropped: boolean
  readonly active: boolean
}

const Column = memo(function Column(props: ColumnProps) {
  const { index, centre, bandwidth, base, level, height, value, low, high, name, spoken, dropped, active } = props
  const width = bandwidth / 0.7
  const up = value >= 0
  return (
    <div
      className={`drag-column${dropped ? ' is-dropped' : ''}${active ? ' is-active' : ''}`}
      data-index={index}
      style={{ left: centre - width / 2, width, height }}
    >
      <div className="drag-bar" style={{ top: Math.min(base, level), height: Math.abs(level - base) }} />
      <div
        className="drag-grip"
        role="slider"
        tabIndex={0}
        aria-orientation="vertical"
        aria-label={name}
        aria-valuenow={ariaNumber(value)}
        aria-valuemin={low}
        aria-valuemax={high}
        aria-valuetext={spoken}
        data-index={index}
        style={{ transform: `translateY(${level}px)` }}
      >
        <span className="drag-cap" />
        <span className="drag-knob" />
        {bandwidth >= 16 && <span className={up ? 'drag-value' : 'drag-value is-below'}>{logitLabel(value)}</span>}
      </div>
    </div>
  )
})
