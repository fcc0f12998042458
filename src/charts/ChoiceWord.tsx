import './choice.css'

export interface ChoiceWordProps {
  /** Spoken name: what is chosen. */
  readonly label: string
  readonly value: string
  readonly options: readonly { readonly id: string; readonly label: string }[]
  readonly onChange: (id: string) => void
}

/** A word in running text that can be another: a list to choose from, underlined like a number to scrub. */
export function ChoiceWord({ label, value, options, onChange }: ChoiceWordProps) {
  return (
    <select className="choice-word" aria-label={label} value={value} onChange={(event) => onChange(event.target.value)}>
      {options.map(({ id, label: name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  )
}
