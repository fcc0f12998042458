import { useState } from 'react'
import './sinkTraining.css'
import type { PanelViewProps } from '../contract.ts'
import type { SinkTrainingResult } from './compute.ts'
import { Controls } from './Controls.tsx'
import { EvictionTable } from './Eviction.tsx'
import type { SinkTrainingExperiment } from './experiment.ts'
import { Foot } from './Foot.tsx'
import { Maps } from './Maps.tsx'
import { ReadingsTable } from './ReadingsTable.tsx'
import { Steps } from './Steps.tsx'
import { Strips } from './Strips.tsx'

type Props = PanelViewProps<SinkTrainingExperiment, SinkTrainingResult>

/** Small transformers in training, side by side, and where their tokens look. */
export function View({ experiment, result, stale, status, edit, rerun, paused, pause, advance }: Props) {
  const [table, setTable] = useState(false)
  // Other models are seen from their start on, not at the step that was looked at before.
  const retrain: Props['edit'] = (patch, gesture) => edit({ ...patch, step: null }, gesture)
  return (
    <div className={stale ? 'sinks is-stale' : 'sinks'}>
      <Controls {...{ experiment }} edit={retrain} />
      {result && result.runs.length > 0 ? (
        <>
          <Maps {...{ experiment, result }} edit={retrain} />
          <Steps {...{ experiment, result, status, edit, rerun }} pacing={{ paused, pause, advance }} />
          <Strips {...{ experiment, result }} />
          <Foot {...{ experiment, result, table, setTable }} edit={retrain} />
          {table && (
            <div className="sinks-tables">
              <ReadingsTable runs={result.runs} />
              <EvictionTable runs={result.runs} />
            </div>
          )}
        </>
      ) : (
        <Waiting failed={status.state === 'failed'} count={experiment.normalizers.length} />
      )}
    </div>
  )
}

interface WaitingProps {
  readonly failed: boolean
  readonly count: number
}

/** Before the first record: how much is to come, and what to do where nothing will. */
function Waiting({ failed, count }: WaitingProps) {
  return (
    <div className="sinks-waiting">
      {failed
        ? 'No model was trained. Change a setting, or run it again.'
        : `${count === 1 ? 'One model is' : `${count} models are`} about to be trained, here in your browser.`}
    </div>
  )
}
