import { Popover } from '../../charts/Popover.tsx'
import type { Edit } from '../contract.ts'
import { PresetMenu } from '../PresetMenu.tsx'
import { withEstimator } from './edits.ts'
import { layerEstimators, type InformationPlaneExperiment } from './experiment.ts'
import { presets } from './presets.ts'
import { FinerSource, Source } from './Source.tsx'

export interface ControlsProps {
  readonly experiment: InformationPlaneExperiment
  readonly edit: Edit<InformationPlaneExperiment>
  readonly table: boolean
  readonly setTable: (table: boolean) => void
  /** Takes a file of samples. */
  readonly bring: (file: File) => void
}

/** What is trained, and four buttons. */
export function Controls({ experiment, edit, table, setTable, bring }: ControlsProps) {
  return (
    <div className="plane-controls">
      <Source experiment={experiment} edit={edit} />
      <div className="plane-buttons">
        <PresetMenu presets={presets} onChoose={(preset) => edit({ ...preset, epoch: null, layer: null })} />
        <Popover button="+ estimator" title="Add an estimator">
          <div className="popover-list">
            {layerEstimators.map(({ id, label, summary }) => (
              <button
                key={id}
                type="button"
                data-closes
                title={summary}
                disabled={experiment.estimators.some((each) => each.id === id)}
                onClick={() => edit(withEstimator(experiment, id))}
              >
                {label}
              </button>
            ))}
          </div>
        </Popover>
        <label className="tool-button plane-file">
          Own data
          <input
            type="file"
            className="plane-hidden"
            title="A CSV file: features, and in the last column labels, as whole numbers or words. It stays in this browser."
            accept=".txt,.csv,.tsv,.json,.npy,text/*,application/json"
            onChange={(event) => {
              const file = event.target.files?.[0]
              if (file) bring(file)
              // The same file, mended, can be chosen again.
              event.target.value = ''
            }}
          />
        </label>
        <Popover button="⋯" label="More" title="More">
          <FinerSource experiment={experiment} edit={edit} />
          <div className="popover-list">
            <button type="button" data-closes onClick={() => setTable(!table)}>
              {table ? 'Hide the table' : 'Show as table'}
            </button>
          </div>
        </Popover>
      </div>
    </div>
  )
}
