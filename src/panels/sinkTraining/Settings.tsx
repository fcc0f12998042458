import { ScrubNumber, type ScrubNumberProps } from '../../charts/ScrubNumber.tsx'
import { initialisations } from '../../models/transformer/initialise.ts'
import { transformerOptimizers } from '../../models/transformer/optimizers.ts'
import type { ControlsProps } from './Controls.tsx'

type NumberField =
  'width' | 'layers' | 'heads' | 'learningRate' | 'weightDecay' | 'length' | 'batch' | 'recordEvery' | 'epsilon'

interface NumberSpec extends Pick<ScrubNumberProps, 'range' | 'scale' | 'multipleOf'> {
  readonly field: NumberField
  readonly label: string
}

const modelNumbers: readonly NumberSpec[] = [
  { field: 'width', label: 'width', range: [8, 128], scale: 'linear', multipleOf: 4 },
  { field: 'layers', label: 'layers', range: [1, 6], scale: 'linear', multipleOf: 1 },
  { field: 'heads', label: 'heads a layer', range: [1, 8], scale: 'linear', multipleOf: 1 },
]
const trainingNumbers: readonly NumberSpec[] = [
  { field: 'learningRate', label: 'learning rate', range: [1e-4, 1], scale: 'log' },
  { field: 'weightDecay', label: 'weight decay', range: [0, 0.1], scale: 'linear' },
  { field: 'length', label: 'tokens a sequence, T', range: [8, 64], scale: 'linear', multipleOf: 1 },
  { field: 'batch', label: 'sequences a step', range: [8, 256], scale: 'linear', multipleOf: 8 },
  { field: 'recordEvery', label: 'steps between records', range: [1, 50], scale: 'linear', multipleOf: 1 },
  { field: 'epsilon', label: 'a sink has α₀ above ε', range: [0.05, 0.95], scale: 'linear' },
]

const positions = [
  { id: 'learned', label: 'learned' },
  { id: 'rotary', label: 'rotary' },
] as const
const mlps = [
  { id: 'no', label: 'none' },
  { id: 'yes', label: 'four times as wide' },
] as const

/** All that shapes the models and their training. */
export function Settings({ experiment, edit }: ControlsProps) {
  const numbers = (specs: readonly NumberSpec[]) =>
    specs.map(({ field, label, ...spec }) => (
      <div key={field} className="sinks-setting">
        <span>{label}</span>
        <ScrubNumber
          {...spec}
          label={label}
          value={experiment[field]}
          onChange={(value, gesture) => edit({ [field]: value }, gesture)}
        />
      </div>
    ))
  return (
    <div className="sinks-settings">
      <h3>Model</h3>
      <Choice
        label="first weights"
        value={experiment.initialisation}
        options={initialisations}
        onChange={(initialisation) => edit({ initialisation })}
      />
      {numbers(modelNumbers)}
      <Choice
        label="MLP"
        value={experiment.mlp ? 'yes' : 'no'}
        options={mlps}
        onChange={(id) => edit({ mlp: id === 'yes' })}
      />
      <Choice
        label="positions"
        value={experiment.positions}
        options={positions}
        onChange={(id) => edit({ positions: positions.find((each) => each.id === id)?.id ?? experiment.positions })}
      />
      <h3>Training</h3>
      <Choice
        label="optimiser"
        value={experiment.optimizer}
        options={transformerOptimizers}
        onChange={(optimizer) => edit({ optimizer })}
      />
      {numbers(trainingNumbers)}
      <p className="sinks-note">A change trains all models anew, from step 0.</p>
    </div>
  )
}

export interface ChoiceProps {
  /** What is chosen. */
  readonly label: string
  readonly value: string
  readonly options: readonly { readonly id: string; readonly label: string }[]
  readonly onChange: (id: string) => void
}

/** A named list to choose from. */
export function Choice({ label, value, options, onChange }: ChoiceProps) {
  return (
    <label className="sinks-setting">
      <span>{label}</span>
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        {options.map(({ id, label: name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}
