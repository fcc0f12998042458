import { Transport } from '../../charts/Transport.tsx'
import type { PanelViewProps } from '../contract.ts'
import type { SinkTrainingResult } from './compute.ts'
import type { SinkTrainingExperiment } from './experiment.ts'
import { recordedSteps } from './lookedAt.ts'

type Given = PanelViewProps<SinkTrainingExperiment, SinkTrainingResult>

export interface StepsProps extends Pick<Given, 'experiment' | 'status' | 'edit' | 'rerun'> {
  readonly result: SinkTrainingResult
  readonly pacing: Pick<Given, 'paused' | 'pause' | 'advance'>
}

/** Plays and rewinds the recorded steps; at the newest it pauses the training, or leads it on. */
export function Steps({ experiment, result, status, edit, rerun, pacing }: StepsProps) {
  const steps = recordedSteps(result)
  const last = Math.max(0, steps.length - 1)
  const { step: wanted, seeds, steps: all, recordEvery } = experiment
  const running = status.state === 'running'
  const index =
    wanted === null
      ? last
      : Math.max(
          0,
          steps.findLastIndex((step) => step <= wanted),
        )
  const step = steps[index] ?? 0
  const trainAgain = () => {
    edit({ step: null })
    rerun()
  }
  return (
    <div className="sinks-steps">
      <Transport
        index={index}
        count={steps.length}
        total={Math.ceil(all / recordEvery) + 1}
        step="record"
        label="step looked at"
        text={`step ${step} of ${all}`}
        onMove={(to, gesture) => edit({ step: to >= last ? null : steps[to]! }, gesture)}
        live={running ? pacing : undefined}
      />
      {status.state === 'idle' ? (
        <button type="button" className="tool-button" onClick={trainAgain}>
          Train again
        </button>
      ) : (
        <button
          type="button"
          className="tool-button"
          disabled={running}
          onClick={() => edit({ seeds: seeds.map((seed) => seed + seeds.length), step: null })}
        >
          {seeds.length > 1 ? 'Other seeds' : 'Another seed'}
        </button>
      )}
    </div>
  )
}
