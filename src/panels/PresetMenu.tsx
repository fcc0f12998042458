import { Popover } from '../charts/Popover.tsx'
import type { Preset } from './contract.ts'

export interface PresetMenuProps<E> {
  readonly presets: readonly Preset<E>[]
  readonly onChoose: (experiment: Partial<E>) => void
}

/** A button that opens the panel's presets; a press on one takes it. */
export function PresetMenu<E>({ presets, onChoose }: PresetMenuProps<E>) {
  return (
    <Popover button="Presets" title="Presets">
      <div className="popover-list">
        {presets.map(({ label, experiment }) => (
          <button key={label} type="button" data-closes onClick={() => onChoose(experiment)}>
            {label}
          </button>
        ))}
      </div>
    </Popover>
  )
}
