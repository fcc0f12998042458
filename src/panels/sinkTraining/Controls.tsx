import { Popover } from '../../charts/Popover.tsx'
import { ScrubNumber } from '../../charts/ScrubNumber.tsx'
import { variantColour } from '../../charts/variantColour.ts'
import { normalizers } from '../../math/normalizers/index.ts'
import type { Edit } from '../contract.ts'
import { settingOf } from '../normalizerSetting.ts'
import { PresetMenu } from '../PresetMenu.tsx'
import type { SinkTrainingExperiment } from './experiment.ts'
import { presets } from './presets.ts'
import { Settings } from './Settings.tsx'

export interface ControlsProps {
  readonly experiment: SinkTrainingExperiment
  readonly edit: Edit<SinkTrainingExperiment>
}

/** As many seeds as show a spread. */
const several = 5
/** The schema takes no more. */
const mostNormalizers = 8

/** The first row: what is trained, from which seed, and four buttons. */
export function Controls({ experiment, edit }: ControlsProps) {
  const { seeds, steps } = experiment
  const first = seeds[0]!
  return (
    <div className="sinks-controls">
      <p className="sinks-line">
        <span>
          Seed{' '}
          <ScrubNumber
            value={first}
            label="first seed"
            range={[0, 99]}
            scale="linear"
            multipleOf={1}
            problem={(value) => (Number.isInteger(value) && value >= 0 ? null : 'a whole number, 0 or more')}
            onChange={(value, gesture) => edit({ seeds: seeds.map((_, i) => value + i) }, gesture)}
          />
          {seeds.length > 1 && ` and ${seeds.length - 1} more`}
        </span>
        <span>
          <ScrubNumber
            value={steps}
            label="training steps"
            range={[50, 1000]}
            scale="linear"
            multipleOf={10}
            onChange={(value, gesture) => edit({ steps: value }, gesture)}
          />{' '}
          steps
        </span>
      </p>
      <div className="sinks-buttons">
        <PresetMenu presets={presets} onChoose={edit} />
        <Popover button="+ normalizer" title="Add a normalizer">
          <AddNormalizer {...{ experiment, edit }} />
        </Popover>
        <Popover button="Settings" title="Settings of model and training">
          <Settings {...{ experiment, edit }} />
        </Popover>
        <button
          type="button"
          className="tool-button"
          onClick={() =>
            edit({ seeds: seeds.length > 1 ? [first] : Array.from({ length: several }, (_, i) => first + i) })
          }
        >
          {seeds.length > 1 ? 'One seed' : 'Five seeds'}
        </button>
      </div>
    </div>
  )
}

function AddNormalizer({ experiment, edit }: ControlsProps) {
  const full = experiment.normalizers.length >= mostNormalizers
  if (full) return <p className="sinks-note">{mostNormalizers} train at once. Remove one, behind its name, first.</p>
  return (
    <div className="popover-list sinks-choices">
      {normalizers.map(({ id, label, summary }) => (
        <button
          key={id}
          type="button"
          data-closes
          title={summary}
          onClick={() => edit({ normalizers: [...experiment.normalizers, settingOf(id)] })}
        >
          <span className="sinks-dot" style={{ background: variantColour(id) }} />
          {label}
        </button>
      ))}
    </div>
  )
}
