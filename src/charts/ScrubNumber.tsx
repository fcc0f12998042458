import { useRef, useState, type KeyboardEvent } from 'react'
import './scrub.css'
import { ariaNumber, shortNumber } from './numberFormat.ts'
import { ScrubInput } from './ScrubInput.tsx'
import { stepped, type StepSpec } from './steps.ts'
import { usePointerDrag } from './usePointerDrag.ts'

export interface ScrubNumberProps extends StepSpec {
  readonly value: number
  /** Spoken name: `entmax alpha`. */
  readonly label: string
  /** Edits of one drag, or of one press of a key, carry one gesture, so that they undo as one. */
  readonly onChange: (value: number, gesture: string) => void
  /** What a typed value must be, in words, if it is not; else null. Default: any finite number will do. */
  readonly problem?: (value: number) => string | null
  /** How the number is written. Default: three significant digits. */
  readonly format?: (value: number) => string
  /** CSS colour of the number and its dotted rule. Default: the ink around it. */
  readonly colour?: string
  /** Unit, spoken and written after the number. Default: none. */
  readonly unit?: string
}

const pixelsAStep = 2

/** A number in running text: drag it sideways, focus it and use the arrow keys, or press it and type. */
export function ScrubNumber(props: ScrubNumberProps) {
  const { value, label, range, onChange, format = shortNumber, colour = 'currentColor', unit } = props
  const [typing, setTyping] = useState<string | null>(null)
  const takesFocus = useRef(false)
  const gestures = useRef(0)
  const nextGesture = () => `${label} ${(gestures.current += 1)}`

  const onPointerDown = usePointerDrag<{ value: number; gesture: string }>({
    begin: () => ({ value, gesture: nextGesture() }),
    move: (start, { dx, coarse, fine }) => {
      const pace = coarse ? 10 : fine ? 0.1 : 1
      onChange(stepped(start.value, (dx / pixelsAStep) * pace, props), start.gesture)
    },
    end: (_start, moved) => {
      if (!moved) setTyping(String(value))
    },
  })

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Enter' || /^[\d.]$/.test(event.key)) {
      event.preventDefault()
      setTyping(event.key === 'Enter' ? String(value) : event.key)
      return
    }
    const moved = afterKey(event, value, props)
    if (moved === null) return
    event.preventDefault()
    if (!event.repeat) nextGesture()
    onChange(moved, `${label} ${gestures.current}`)
  }

  const text = unit === undefined ? format(value) : `${format(value)} ${unit}`
  const endTyping = (byKey: boolean) => {
    takesFocus.current = byKey
    setTyping(null)
  }
  if (typing !== null) return <ScrubInput {...props} typing={typing} done={endTyping} />
  return (
    <span
      ref={(span) => {
        if (!takesFocus.current) return
        takesFocus.current = false
        span?.focus()
      }}
      className="scrub"
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuenow={ariaNumber(value)}
      aria-valuemin={ariaNumber(Math.min(range[0], value))}
      aria-valuemax={ariaNumber(Math.max(range[1], value))}
      aria-valuetext={text}
      title="Drag, use the arrow keys, or press and type"
      style={{ color: colour }}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
    >
      {text}
    </span>
  )
}

/** The value after a key, or null if the key does not move it. */
function afterKey(event: KeyboardEvent, value: number, spec: StepSpec): number | null {
  const pace = event.shiftKey ? 10 : event.altKey ? 0.1 : 1
  switch (event.key) {
    case 'ArrowUp':
    case 'ArrowRight':
      return stepped(value, pace, spec)
    case 'ArrowDown':
    case 'ArrowLeft':
      return stepped(value, -pace, spec)
    case 'PageUp':
      return stepped(value, 10, spec)
    case 'PageDown':
      return stepped(value, -10, spec)
    case 'Home':
      return spec.range[0]
    case 'End':
      return spec.range[1]
    default:
      return null
  }
}
