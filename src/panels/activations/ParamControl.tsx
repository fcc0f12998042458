import { ScrubNumber } from '../../charts/ScrubNumber.tsx'
import { shortNumber } from '../../charts/numberFormat.ts'
import { variantTextColour } from '../../charts/variantColour.ts'
import type { Normalizer } from '../../math/normalizers/contract.ts'
import { paramProblem, type ParamSpec } from '../../math/normalizers/params.ts'
import { withParam } from './edits.ts'
import type { VariantSetting } from './experiment.ts'
import { plainSymbol } from './plainSymbol.ts'
import type { Change } from './VariantHead.tsx'

export interface ParamControlProps {
  readonly name: string
  readonly spec: ParamSpec
  readonly entry: Normalizer
  readonly setting: VariantSetting
  readonly change: Change
}

/** One parameter of a variant, in the line of its name: a number to scrub, a word, or a choice. */
export function ParamControl({ name, spec, entry, setting, change }: ParamControlProps) {
  const value = setting.params[name]
  const set = (next: number | string, gesture?: string) =>
    change((experiment) => withParam(experiment, setting.id, name, next), gesture)
  const spoken = `${entry.label} ${spec.label}`
  return (
    <span className="param">
      <span className="param-symbol" title={`${spec.label}: ${spec.about}`}>
        {plainSymbol(spec.symbol)} =
      </span>{' '}
      {spec.kind !== 'number' && (
        <Choice
          label={spoken}
          value={typeof value === 'number' ? 'number' : String(value)}
          options={spec.kind === 'choice' ? spec.options : [...spec.words, 'number']}
          onChange={(word) => set(word === 'number' ? firstNumber(spec) : word)}
        />
      )}{' '}
      {spec.kind !== 'choice' && typeof value === 'number' && (
        <ScrubNumber
          value={value}
          label={spoken}
          range={spec.range}
          scale={spec.scale}
          multipleOf={spec.domain.even ? 2 : spec.domain.integer ? 1 : undefined}
          problem={(typed) => paramProblem(spec, typed)}
          format={(number) =>
            Number.isInteger(number) || spec.domain.integer ? shortNumber(number, 7) : shortNumber(number)
          }
          colour={variantTextColour(entry.id)}
          onChange={set}
        />
      )}
    </span>
  )
}

/** Where a parameter starts when a word gives way to a number: 0, or the end of its range nearest to 0. */
function firstNumber(spec: ParamSpec): number {
  if (spec.kind === 'choice') return 0
  const [low, high] = spec.range
  return Math.min(Math.max(0, low), high)
}

interface ChoiceProps {
  readonly label: string
  readonly value: string
  readonly options: readonly string[]
  readonly onChange: (value: string) => void
}

function Choice({ label, value, options, onChange }: ChoiceProps) {
  return (
    <select
      className="param-choice"
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      {options.map((option) => (
        <option key={option}>{option}</option>
      ))}
    </select>
  )
}
