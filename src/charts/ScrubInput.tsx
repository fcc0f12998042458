import { useId, useLayoutEffect, useRef, useState } from 'react'
import type { ScrubNumberProps } from './ScrubNumber.tsx'

export interface ScrubInputProps extends ScrubNumberProps {
  /** What the field starts with: the value, or the digit that opened it. */
  readonly typing: string
  /** Closes the field. @param byKey  and the focus is then nowhere */
  readonly done: (byKey: boolean) => void
}

/** Reads what people type: a decimal comma and a typographic minus are theirs to use. */
export const typedNumber = (text: string): number =>
  text.trim() === '' ? NaN : Number(text.trim().replace('−', '-').replace(',', '.'))

/** The field that a number becomes while one types an exact value. */
export function ScrubInput({ value, label, onChange, problem, colour, typing, done }: ScrubInputProps) {
  const [text, setText] = useState(typing)
  const field = useRef<HTMLInputElement>(null)
  const complaint = useId()
  useLayoutEffect(() => {
    const input = field.current
    input?.focus()
    // A digit that opened the field is followed by the next one; a value is there to be replaced.
    input?.setSelectionRange(typing === String(value) ? 0 : typing.length, typing.length)
    // Only as it opens: a later change of the value must not select what is being typed.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [])

  const typed = typedNumber(text)
  const wrong = Number.isFinite(typed) ? (problem?.(typed) ?? null) : 'a finite number'
  const commit = (byKey: boolean) => {
    if (wrong === null && typed !== value) onChange(typed, `${label} typed`)
    done(byKey)
  }
  return (
    <span className="scrub-typing" style={{ color: colour }}>
      <input
        ref={field}
        inputMode="decimal"
        aria-label={label}
        aria-invalid={wrong !== null}
        aria-describedby={wrong === null ? undefined : complaint}
        size={Math.max(4, text.length)}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => commit(false)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && wrong === null) commit(true)
          if (event.key === 'Escape') done(true)
        }}
      />
      {wrong !== null && (
        <span id={complaint} className="scrub-complaint" role="alert">
          It must be {wrong}.
        </span>
      )}
    </span>
  )
}
