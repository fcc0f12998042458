import { useRef, useState, type KeyboardEvent } from 'react'
import './drag.css'
import { valueAfterKey } from './dragKeys.ts'
import { useFrame } from './Frame.tsx'
import { ariaNumber, logitLabel } from './numberFormat.ts'
import { niceStep, roundTo } from './steps.ts'
import { usePointerDrag } from './usePointerDrag.ts'

export interface DragColumnsProps {
  /** Heights in data units. */
  readonly values: ArrayLike<number>
  /** Name of an entry, written and spoken. */
  readonly name: (index: number) => string
  /** Spoken value of an entry. */
  readonly spoken: (index: number) => string
  /** Ends of the scale; a drag stops there. */
  readonly low: number
  readonly high: number
  /** Edits of one drag, or of one press of a key, carry one gesture. */
  readonly onChange: (index: number, value: number, gesture: string) => void
  /** A drag begins (true) or ends. */
  readonly onDrag?: (dragging: boolean) => void
  /** Another entry is chosen. */
  readonly onChoose?: (index: number) => void
}

/**
 * One handle for many thin bars: press near one to take it. With the keyboard, left and right choose an entry, up and down
 * move it.
 */
export function DragColumns({ values, name, spoken, low, high, onChange, onDrag, onChoose }: DragColumnsProps) {
  const { x, y, valueAt, indexAt, top, bottom, left, right } = useFrame('DragColumns')
  const [chosen, setChosen] = useState(() => highest(values))
  const index = Math.min(chosen, values.length - 1)
  const gestures = useRef(0)
  const handle = useRef<HTMLDivElement>(null)
  const snap = niceStep(((high - low) / Math.max(bottom - top, 1)) * 2.5)
  const choose = (next: number) => {
    setChosen(next)
    onChoose?.(next)
  }

  const onPointerDown = usePointerDrag<{ index: number; from: number; gesture: string }>({
    begin(event) {
      const at = indexAt(event.clientX - event.currentTarget.getBoundingClientRect().left)
      if (at === null) return null
      choose(at)
      handle.current?.focus({ preventScroll: true })
      return { index: at, from: y(values[at]!), gesture: `drag ${(gestures.current += 1)}` }
    },
    move(start, { dy, fine }) {
      onDrag?.(true)
      const value = roundTo(valueAt(start.from + dy), fine ? snap / 10 : snap)
      onChange(start.index, Math.min(Math.max(value, low), high), start.gesture)
    },
    end: () => onDrag?.(false),
  })

  const onKeyDown = (event: KeyboardEvent) => {
    const aside = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0
    if (aside !== 0) {
      event.preventDefault()
      choose(Math.min(Math.max(index + aside * (event.shiftKey ? 10 : 1), 0), values.length - 1))
      return
    }
    const moved = valueAfterKey(event, values[index]!, low, high)
    if (moved === null) return
    event.preventDefault()
    if (!event.repeat) gestures.current += 1
    onChange(index, moved, `key ${gestures.current}`)
  }

  const value = values[index] ?? 0
  return (
    // The slider inside takes the focus and the keys.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className="drag-bars is-many" onPointerDown={onPointerDown}>
      <div
        ref={handle}
        className="drag-grip"
        role="slider"
        tabIndex={0}
        aria-orientation="vertical"
        aria-label={name(index)}
        aria-valuenow={ariaNumber(value)}
        aria-valuemin={Math.min(low, value)}
        aria-valuemax={Math.max(high, value)}
        aria-valuetext={spoken(index)}
        style={{ transform: `translate(${x(index)}px, ${y(Math.min(Math.max(value, low), high))}px)` }}
        onKeyDown={onKeyDown}
        onFocus={() => onChoose?.(index)}
      >
        <span className="drag-cap" />
        <span className="drag-knob" />
        <span
          className={value >= 0 ? 'drag-value' : 'drag-value is-below'}
          style={{ translate: `${Math.min(Math.max(x(index), left + room), right - room) - x(index)}px` }}
        >
          {name(index)}: {logitLabel(value)}
        </span>
      </div>
    </div>
  )
}

/** Half of the label's room, to keep it in the plot; pixels. */
const room = 36

/** Where the handle first stands. */
function highest(values: ArrayLike<number>): number {
  let at = 0
  for (let i = 1; i < values.length; i++) if (values[i]! > values[at]!) at = i
  return at
}
