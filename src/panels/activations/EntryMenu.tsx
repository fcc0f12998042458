import { memo, useState } from 'react'
import { logitLabel } from '../../charts/numberFormat.ts'
import { Popover } from '../../charts/Popover.tsx'
import { typedNumber } from '../../charts/ScrubInput.tsx'
import { withMask, withName, withoutEntry } from './edits.ts'
import type { Change } from './VariantHead.tsx'

export interface EntryMenuProps {
  readonly index: number
  /** What is written: the name, or the index where there is none. */
  readonly name: string
  /** The logit that is shown: after scale and shift. */
  readonly value: number
  readonly masked: boolean
  /** Whether the experiment writes its logits out, so that they can be named and removed. */
  readonly written: boolean
  readonly change: Change
  readonly setLogit: (index: number, value: number, gesture: string) => void
}

/** An entry's name; behind it, what can be done with the entry. */
export const EntryMenu = memo(function EntryMenu(props: EntryMenuProps) {
  const { name, value } = props
  return (
    <Popover
      className="entry-name"
      button={name}
      label={`${name}, logit ${logitLabel(value)}: name, value, mask`}
      title={`Entry ${name}`}
    >
      <EntryFields {...props} />
    </Popover>
  )
})

function EntryFields({ index, name: shown, value, masked, written, change, setLogit }: EntryMenuProps) {
  const [name, setName] = useState(shown === String(index) ? '' : shown)
  const [text, setText] = useState(String(value))
  const typed = typedNumber(text)
  return (
    <div className="entry-fields">
      {written && (
        <label>
          Name
          <input
            value={name}
            maxLength={60}
            placeholder={String(index)}
            onChange={({ target }) => {
              setName(target.value)
              change((experiment) => withName(experiment, index, target.value), `name ${index}`)
            }}
          />
        </label>
      )}
      <label>
        Logit
        <input
          value={text}
          inputMode="decimal"
          aria-invalid={!Number.isFinite(typed)}
          onChange={({ target }) => {
            setText(target.value)
            const next = typedNumber(target.value)
            if (Number.isFinite(next)) setLogit(index, next, `value ${index}`)
          }}
        />
      </label>
      {!Number.isFinite(typed) && <p role="alert">A logit is a finite number, such as −0.4.</p>}
      <div className="popover-list">
        <button type="button" onClick={() => change((experiment) => withMask(experiment, index))}>
          {masked ? 'Unmask: let it take part again' : 'Mask: leave it out of the row'}
        </button>
        {written && (
          <button type="button" data-closes onClick={() => change((experiment) => withoutEntry(experiment, index))}>
            Remove
          </button>
        )}
      </div>
    </div>
  )
}
