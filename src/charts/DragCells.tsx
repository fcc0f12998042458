import { useRef, useState, type KeyboardEvent } from 'react'
import './scrub.css'
import './dragCells.css'
import { ariaNumber, shortNumber } from './numberFormat.ts'
import { ScrubInput, type ScrubInputProps } from './ScrubInput.tsx'
import { usePointerDrag } from './usePointerDrag.ts'

export interface DragCellsProps {
  /** Spoken name of the whole. */
  readonly label: string
  /** Weights from 0 to `high`, a row of cells each. */
  readonly rows: readonly (readonly number[])[]
  readonly rowNames: readonly string[]
  readonly columnNames: readonly string[]
  /** The weight of a full cell. */
  readonly high: number
  /** Pixels a side. */
  readonly cell: number
  /** What a cell holds, in words: `p = 0.15`. */
  readonly spoken: (row: number, column: number) => string
  /** What a typed weight must be, in words, if it is not; else null. */
  readonly problem: (row: number, column: number, weight: number) => string | null
  /** Edits of one drag, or of one press of a key, carry one gesture. */
  readonly onChange: (row: number, column: number, weight: number, gesture: string) => void
}

/** Pixels: a number does not fit into a smaller cell, and is told by pointer and voice. */
const smallestWithNumber = 28

/** Pixels, in type of 11 px. */
const widestDigit = 6.5

interface Place {
  readonly r: number
  readonly c: number
}

/**
 * A table of weights, each a bar in its cell: drag one up or down, or press it and type. With the keyboard, left and
 * right choose a cell, in reading order, and with Shift a row; up and down change its weight, and a digit begins to type.
 */
export function DragCells(props: DragCellsProps) {
  const { label, rows, rowNames, columnNames, high, cell, onChange } = props
  const [chosen, choose] = useState<Place>({ r: 0, c: 0 })
  const [typing, setTyping] = useState<(Place & { readonly text: string }) | null>(null)
  const [nr, nc] = [rows.length, columnNames.length]
  const focus = { r: Math.min(chosen.r, nr - 1), c: Math.min(chosen.c, nc - 1) }
  const table = useRef<HTMLDivElement>(null)
  const gestures = useRef(0)
  const held = (weight: number) => Number(Math.min(Math.max(weight, 0), high).toPrecision(3))

  const onPointerDown = usePointerDrag<Place & { weight: number; gesture: string }>({
    begin(event) {
      const place = placeOf(event.target)
      if (place === null) return null
      choose(place)
      return { ...place, weight: rows[place.r]![place.c]!, gesture: `cell ${(gestures.current += 1)}` }
    },
    move: ({ r, c, weight, gesture }, { dy, fine }) =>
      // A cell's height is the whole range: what one sees is what one drags.
      onChange(r, c, held(weight - ((fine ? 0.1 : 1) * dy * high) / cell), gesture),
    end({ r, c, weight }, moved) {
      if (!moved) setTyping({ r, c, text: String(weight) })
    },
  })
  const focusCell = (index: number) => table.current?.querySelectorAll<HTMLElement>('[data-cell]')[index]?.focus()
  const endTyping = (byKey: boolean) => {
    setTyping(null)
    if (byKey) requestAnimationFrame(() => focusCell(focus.r * nc + focus.c))
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (typing !== null) return
    if (event.key === 'Enter' || /^[\d.]$/.test(event.key)) {
      event.preventDefault()
      setTyping({ ...focus, text: event.key === 'Enter' ? String(rows[focus.r]![focus.c]!) : event.key })
      return
    }
    const aside = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0
    if (aside !== 0) {
      const at = focus.r * nc + focus.c + aside * (event.shiftKey ? nc : 1)
      const next = Math.min(Math.max(at, 0), nr * nc - 1)
      event.preventDefault()
      focusCell(next)
      return
    }
    const weight = weightAfterKey(event.key, rows[focus.r]![focus.c]!, high)
    if (weight === null) return
    event.preventDefault()
    if (!event.repeat) gestures.current += 1
    onChange(focus.r, focus.c, held(weight), `cell key ${gestures.current}`)
  }

  return (
    // The sliders inside take the focus and the keys.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      ref={table}
      className="drag-cells"
      role="group"
      aria-label={label}
      style={{ gridTemplateColumns: `auto repeat(${nc}, ${cell}px)` }}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
    >
      <span />
      {columnNames.map((name, c) => (
        <span key={c} className="cell-name">
          {name}
        </span>
      ))}
      {rows.map((row, r) => [
        <span key={`name ${r}`} className="cell-name">
          {rowNames[r]}
        </span>,
        ...row.map((weight, c) => {
          const isChosen = r === focus.r && c === focus.c
          return typing?.r === r && typing.c === c ? (
            <TypedCell key={`${r},${c}`} {...props} {...{ r, c, weight }} typing={typing.text} done={endTyping} />
          ) : (
            <Cell key={`${r},${c}`} {...props} {...{ r, c, weight, isChosen }} onFocus={() => choose({ r, c })} />
          )
        }),
      ])}
    </div>
  )
}

interface TypedCellProps extends Place, DragCellsProps, Pick<ScrubInputProps, 'typing' | 'done'> {
  readonly weight: number
}

function TypedCell({ r, c, weight, typing, done, ...table }: TypedCellProps) {
  const { rowNames, columnNames, high, cell, problem, onChange } = table
  const place = `${2 * c >= columnNames.length ? ' is-right' : ''}${r === rowNames.length - 1 ? ' is-last' : ''}`
  return (
    <div className={`drag-cell is-typing${place}`} style={{ height: cell }}>
      <ScrubInput
        value={weight}
        label={`${rowNames[r]}, ${columnNames[c]}`}
        range={[0, high]}
        scale="linear"
        typing={typing}
        problem={(typed) => problem(r, c, typed)}
        onChange={(typed, gesture) => onChange(r, c, typed, gesture)}
        done={done}
      />
    </div>
  )
}

interface CellProps extends Place, Omit<DragCellsProps, 'onChange' | 'problem'> {
  readonly weight: number
  /** The one cell that the tab key comes to. */
  readonly isChosen: boolean
  readonly onFocus: () => void
}

function Cell({ r, c, weight, isChosen, onFocus, rowNames, columnNames, high, cell, spoken }: CellProps) {
  return (
    <div
      className="drag-cell"
      data-cell={`${r},${c}`}
      role="slider"
      tabIndex={isChosen ? 0 : -1}
      aria-orientation="vertical"
      aria-label={`${rowNames[r]}, ${columnNames[c]}`}
      aria-valuenow={ariaNumber(weight)}
      aria-valuemin={0}
      aria-valuemax={ariaNumber(Math.max(high, weight))}
      aria-valuetext={spoken(r, c)}
      style={{ height: cell }}
      title={`${shortNumber(weight)}: drag up or down, or press and type`}
      onFocus={onFocus}
    >
      <span className="cell-bar" style={{ height: `${Math.min(100, (100 * weight) / high)}%` }} />
      {cell >= smallestWithNumber && (
        <span className={weight < 0.55 * high ? 'cell-value' : 'cell-value is-low'}>{cellNumber(weight, cell)}</span>
      )}
    </div>
  )
}

/** A weight with two significant digits, or with one where two are too wide; nothing where one is. */
export function cellNumber(weight: number, cell: number): string {
  if (weight === 0) return '0'
  const fits = (text: string) => text.length * widestDigit <= cell
  const texts = [2, 1].map((digits) => shortNumber(weight, digits).replace(/^0\./, '.'))
  return texts.find(fits) ?? ''
}

/** A fiftieth of the range by up and down, a tenth by the page keys, its ends by Home and End; null for other keys. */
export function weightAfterKey(key: string, weight: number, high: number): number | null {
  switch (key) {
    case 'ArrowUp':
      return weight + high / 50
    case 'ArrowDown':
      return weight - high / 50
    case 'PageUp':
      return weight + high / 10
    case 'PageDown':
      return weight - high / 10
    case 'Home':
      return 0
    case 'End':
      return high
    default:
      return null
  }
}

function placeOf(target: EventTarget): Place | null {
  const found = target instanceof Element ? target.closest<HTMLElement>('[data-cell]') : null
  const [r, c] = (found?.dataset['cell'] ?? '').split(',').map(Number)
  return found && r !== undefined && c !== undefined ? { r, c } : null
}
