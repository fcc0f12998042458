import { useState } from 'react'
import { logitLabel } from '../../charts/numberFormat.ts'
import { Popover } from '../../charts/Popover.tsx'
import { typedNumber } from '../../charts/ScrubInput.tsx'
import { withLogit, withMask, withName, withoutEntry } from './edits.ts'
import type { ActivationsExperiment } from './experiment.ts'

export interface EntryMenuProps {
  readonly index: number
  readonly name: string
  /** The logit that is shown: after scale and shift. */
  readonly value: number
  readonly experiment: ActivationsExperiment
  readonly row: Float64Array
  readonly edit: (patch: Partial<ActivationsExperiment>, gesture?: string) => void
}

/** An entry's name; behind it, what can be done with the entry. */
export function EntryMenu(props: EntryMenuProps) {
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
}

function EntryFields({ index, value, experiment, row, edit }: EntryMenuProps) {
  const [name, setName] = useState(experiment.names[index] ?? '')
  const [text, setText] = useState(String(value))
  const typed = typedNumber(text)
  const written = experiment.generate === null && experiment.data === null
  return (
    <div className="entry-fields">
      {written && (
        <label>
          Name
          <input
            value={name}
            maxLength={60}
            placeholder={String(index)}
            onChange={(event) => {
              setName(event.target.value)
              edit(withName(experiment, index, event.target.value), `name ${index}`)
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
          onChange={(event) => {
            setText(event.target.value)
            const next = typedNumber(event.target.value)
            if (Number.isFinite(next)) edit(withLogit(experiment, row, index, next), `value ${index}`)
          }}
        />
      </label>
      {!Number.isFinite(typed) && <p role="alert">A logit is a finite number, such as −0.4.</p>}
      <div className="popover-list">
        <button type="button" onClick={() => edit(withMask(experiment, index))}>
          {experiment.masked.includes(index) ? 'Unmask: let it take part again' : 'Mask: leave it out of the row'}
        </button>
        {written && (
          <button type="button" data-closes onClick={() => edit(withoutEntry(experiment, index))}>
            Remove
          </button>
        )}
      </div>
    </div>
  )
}
