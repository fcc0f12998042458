import { ChoiceWord } from '../../charts/ChoiceWord.tsx'
import { Popover } from '../../charts/Popover.tsx'
import { shortNumber } from '../../charts/numberFormat.ts'
import { ScrubNumber } from '../../charts/ScrubNumber.tsx'
import { estimatorById } from '../../math/estimators/index.ts'
import type { FlagParam } from '../../math/estimators/params.ts'
import { paramProblem, type ParamSpec } from '../../math/normalizers/params.ts'
import type { Edit } from '../contract.ts'
import { paramClash, withoutEstimator, withParam } from './edits.ts'
import type { EstimatorSetting, InformationPlaneExperiment } from './experiment.ts'

export interface EstimatorHeadProps {
  readonly setting: EstimatorSetting
  readonly experiment: InformationPlaneExperiment
  readonly edit: Edit<InformationPlaneExperiment>
}

/** An estimator's name, which tells all about it, and its first parameter. */
export function EstimatorHead({ setting, experiment, edit }: EstimatorHeadProps) {
  const entry = estimatorById(setting.id)!
  const params = Object.entries(entry.params).filter(([, spec]) => spec.kind !== 'choice' || spec.options.length > 1)
  const [first, ...rest] = params
  const control = ([name, spec]: (typeof params)[number]) => (
    <Parameter
      key={name}
      {...{ name, spec, setting, label: entry.label }}
      set={(value, gesture) => change(name, value, gesture)}
    />
  )
  const change = (name: string, value: unknown, gesture?: string) => {
    const patch = withParam(experiment, setting.id, name, value)
    if (gesture === undefined) edit(patch)
    else edit(patch, gesture)
  }
  return (
    <div className="plane-head">
      <Popover button={entry.label} className="plane-name" title={entry.label}>
        <div className="plane-details">
          <p>{entry.summary}</p>
          {entry.measure !== 'shannon' && <p>It measures another quantity than Shannon’s, on another scale.</p>}
          {rest.map(control)}
          {params.map(([name, { label, about }]) => (
            <p key={name} className="plane-soft">
              {label}: {about}
            </p>
          ))}
          <p className="plane-soft">Cost {entry.cost}.</p>
          {entry.sources.map(({ cite, title, where }) => (
            <p key={where} className="plane-soft">
              {cite}, <cite>{title}</cite>, {where}
            </p>
          ))}
          <button
            type="button"
            className="tool-button"
            data-closes
            disabled={experiment.estimators.length < 2}
            onClick={() => edit(withoutEstimator(experiment, setting.id))}
          >
            Remove
          </button>
        </div>
      </Popover>
      {first && control(first)}
    </div>
  )
}

interface ParameterProps {
  readonly name: string
  readonly spec: ParamSpec | FlagParam
  readonly setting: EstimatorSetting
  /** The estimator's. */
  readonly label: string
  readonly set: (value: number | string | boolean, gesture?: string) => void
}

const flagOptions = [
  { id: 'true', label: 'yes' },
  { id: 'false', label: 'no' },
]

function Parameter({ name, spec, setting, label, set }: ParameterProps) {
  const value = setting.params[name]
  const spoken = `${label} ${spec.label}`
  if (spec.kind === 'flag')
    return (
      <span className="plane-param">
        {spec.label}{' '}
        <ChoiceWord label={spoken} value={String(value)} options={flagOptions} onChange={(id) => set(id === 'true')} />
      </span>
    )
  const words = spec.kind === 'choice' ? spec.options : spec.kind === 'number-or-word' ? [...spec.words, 'number'] : []
  return (
    <span className="plane-param">
      {spec.label}{' '}
      {spec.kind !== 'number' && (
        <ChoiceWord
          label={spoken}
          value={typeof value === 'number' ? 'number' : String(value)}
          options={words.map((word) => ({ id: word, label: word }))}
          onChange={(word) => set(word === 'number' && spec.kind !== 'choice' ? Math.max(1, spec.range[0]) : word)}
        />
      )}{' '}
      {spec.kind !== 'choice' && typeof value === 'number' && (
        <ScrubNumber
          value={value}
          label={spoken}
          range={spec.range}
          scale={spec.scale}
          multipleOf={spec.domain.integer ? 1 : undefined}
          problem={(typed) => paramProblem(spec, typed) ?? paramClash(setting, name, typed)}
          format={(number) => shortNumber(number, 4)}
          onChange={set}
        />
      )}
    </span>
  )
}
