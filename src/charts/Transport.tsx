import { useEffect, useRef, useState } from 'react'
import './transport.css'

export interface TransportProps {
  /** Where one is, from 0 to count − 1. */
  readonly index: number
  readonly count: number
  /** Moments there will be in the end: the slider spans them, and can be moved over those there are; default `count`. */
  readonly total?: number
  /** What a step is, for the buttons’ names: `logged epoch`. */
  readonly step: string
  /** Spoken name of the slider. */
  readonly label: string
  /** Where one is, in words; also what the slider says. */
  readonly text: string
  /** Moves of one drag, or of one play, carry one gesture. */
  readonly onMove: (index: number, gesture: string) => void
  /** What is still happening: the newest moment is held by Pause, led on by Play, and a step past it asks for one more. */
  readonly live?: Live | undefined
}

export interface Live {
  readonly paused: boolean
  readonly pause: (paused: boolean) => void
  /** Asks a held one for one more moment. */
  readonly advance: () => void
}

/** Milliseconds a step while it plays. */
const pace = 220

/** Rewind, step, play and a slider over the moments of something that has happened, or happens. Moves only when asked to. */
export function Transport({ index, count, total = count, step, label, text, onMove, live }: TransportProps) {
  const [playing, setPlaying] = useState(false)
  const gestures = useRef(0)
  const now = useRef({ index, count, onMove })
  useEffect(() => {
    now.current = { index, count, onMove }
  })
  const gesture = () => `${label} ${gestures.current}`
  useEffect(() => {
    if (!playing) return
    const timer = setInterval(() => {
      const { index: at, count: all, onMove: move } = now.current
      if (at >= all - 1) setPlaying(false)
      else move(at + 1, `${label} ${gestures.current}`)
    }, pace)
    return () => clearInterval(timer)
  }, [playing, label])

  const last = count - 1
  const end = Math.max(last, total - 1, 0)
  const newest = index >= last
  const goesOn = live !== undefined && !live.paused && newest
  const go = (to: number) => {
    setPlaying(false)
    gestures.current += 1
    onMove(Math.min(Math.max(to, 0), last), gesture())
  }
  const play = () => {
    gestures.current += 1
    if (newest && live) return live.pause(!live.paused)
    if (!playing) live?.pause(false)
    if (!playing && newest) onMove(0, gesture())
    setPlaying(!playing)
  }
  const forward = () => (newest && live ? live.advance() : go(index + 1))
  const moves = playing || goesOn
  return (
    <div className="transport">
      <button type="button" className="tool-button" disabled={index <= 0} onClick={() => go(0)} aria-label="Rewind">
        <Icon d="M3 3v10M13 3 6 8l7 5z" />
      </button>
      <button
        type="button"
        className="tool-button"
        disabled={index <= 0}
        onClick={() => go(index - 1)}
        aria-label={`Back one ${step}`}
      >
        <Icon d="M11 3 4 8l7 5z" />
      </button>
      <button type="button" className="tool-button is-main" disabled={last < 1 && !live} onClick={play}>
        <Icon d={moves ? 'M4 3h3v10H4zM9 3h3v10H9z' : 'M4 2.5 13 8l-9 5.5z'} /> {moves ? 'Pause' : 'Play'}
      </button>
      <button
        type="button"
        className="tool-button"
        disabled={newest && !live?.paused}
        onClick={forward}
        aria-label={`Forward one ${step}`}
      >
        <Icon d="m5 3 7 5-7 5z" />
      </button>
      <input
        type="range"
        min={0}
        max={end}
        value={index}
        className={last < end ? 'is-growing' : undefined}
        style={last < end ? { backgroundSize: `${madeWidth(Math.max(last, 0) / end)} 2px` } : undefined}
        disabled={last < 1}
        aria-label={label}
        aria-valuetext={text}
        onPointerDown={() => (gestures.current += 1)}
        onChange={(event) => {
          setPlaying(false)
          onMove(Math.min(Number(event.target.value), last), gesture())
        }}
      />
      <output>{text}</output>
    </div>
  )
}

/** From the left edge to the middle of a thumb at this share of the way; a thumb is some 16 pixels wide. */
const madeWidth = (share: number) => `calc(8px + ${share} * (100% - 16px))`

function Icon({ d }: { readonly d: string }) {
  return (
    <svg width={16} height={16} aria-hidden="true">
      <path d={d} fill="currentColor" stroke="currentColor" strokeLinejoin="round" />
    </svg>
  )
}
