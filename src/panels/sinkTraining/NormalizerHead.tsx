import { Popover } from '../../charts/Popover.tsx'
import { ScrubNumber } from '../../charts/ScrubNumber.tsx'
import { variantColour } from '../../charts/variantColour.ts'
import { normalizerById } from '../../math/normalizers/index.ts'
import { paramProblem, type ParamSpec, type ParamValue } from '../../math/normalizers/params.ts'
import type { Edit } from '../contract.ts'
import type { SinkTrainingExperiment } from './experiment.ts'
import { Choice } from './Settings.tsx'

export interface NormalizerHeadProps {
  readonly experiment: SinkTrainingExperiment
  readonly edit: Edit<SinkTrainingExperiment>
  /** Id in the registry. */
  readonly normalizer: string
  /** What tells it from the other models. */
  readonly name: string
  /** Which of the experiment's normalizers it is. */
  readonly place: number
}

/** A model's name; behind it what its normalizer is, its parameters, and a way to leave it out. */
export function NormalizerHead({ experiment, edit, normalizer, name: model, place }: NormalizerHeadProps) {
  const entry = normalizerById(normalizer)
  if (entry === undefined) return null
  const { normalizers } = experiment
  const setting = normalizers[place]
  const current = setting?.id === normalizer ? setting : null
  const set = (name: string, value: ParamValue, gesture?: string) => {
    if (current === null) return
    const next = normalizers.with(place, { ...current, params: { ...current.params, [name]: value } })
    edit({ normalizers: next }, gesture)
  }
  return (
    <Popover
      className="sinks-name"
      title={entry.label}
      label={`${model}: what it is, parameters`}
      button={
        <>
          <span className="sinks-dot" style={{ background: variantColour(entry.id) }} />
          {model}
        </>
      }
    >
      <div className="sinks-settings">
        <p>{entry.summary}</p>
        {current !== null &&
          Object.entries(entry.params).map(([name, spec]) => (
            <Param
              key={name}
              spec={spec}
              value={current.params[name]!}
              set={(value, gesture) => set(name, value, gesture)}
            />
          ))}
        {current !== null && normalizers.length > 1 && (
          <button
            type="button"
            className="tool-button"
            data-closes
            onClick={() => edit({ normalizers: normalizers.toSpliced(place, 1) })}
          >
            Leave it out
          </button>
        )}
        <p className="sinks-note">
          {entry.sources[0].cite}, {entry.sources[0].where}
        </p>
      </div>
    </Popover>
  )
}

interface ParamProps {
  readonly spec: ParamSpec
  readonly value: ParamValue
  readonly set: (value: ParamValue, gesture?: string) => void
}

function Param({ spec, value, set }: ParamProps) {
  const words = spec.kind === 'choice' ? spec.options : spec.kind === 'number-or-word' ? [...spec.words, 'number'] : []
  return (
    <>
      {spec.kind !== 'number' && (
        <Choice
          label={spec.label}
          value={typeof value === 'number' ? 'number' : value}
          options={words.map((word) => ({ id: word, label: word }))}
          onChange={(word) => set(word === 'number' && spec.kind !== 'choice' ? spec.range[0] : word)}
        />
      )}
      {spec.kind !== 'choice' && typeof value === 'number' && (
        <div className="sinks-setting" title={spec.about}>
          <span>{spec.label}</span>
          <ScrubNumber
            value={value}
            label={spec.label}
            range={spec.range}
            scale={spec.scale}
            multipleOf={spec.domain.even ? 2 : spec.domain.integer ? 1 : undefined}
            problem={(typed) => paramProblem(spec, typed)}
            onChange={set}
          />
        </div>
      )}
    </>
  )
}
