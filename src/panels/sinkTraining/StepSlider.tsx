import { useRef } from 'react'
import type { Edit } from '../contract.ts'
import type { SinkTrainingResult } from './compute.ts'
import type { SinkTrainingExperiment } from './experiment.ts'
import { recordedSteps } from './lookedAt.ts'

export interface StepSliderProps {
  readonly experiment: SinkTrainingExperiment
  readonly result: SinkTrainingResult
  readonly running: boolean
  readonly edit: Edit<SinkTrainingExperiment>
  /** Trains anew. */
  readonly rerun: () => void
  readonly stop: () => void
}

/** Rewinds to any recorded step; at the end it follows the training. */
export function StepSlider({ experiment, result, running, edit, rerun, stop }: StepSliderProps) {
  const gestures = useRef(0)
  const steps = recordedSteps(result)
  const last = steps.length - 1
  const index =
    experiment.step === null
      ? last
      : Math.max(
          0,
          steps.findLastIndex((step) => step <= experiment.step!),
        )
  const go = (to: number, gesture: string) => edit({ step: to >= last ? null : steps[to]! }, gesture)
  const press = (to: number) => go(to, `step ${(gestures.current += 1)}`)
  const text = `step ${steps[index] ?? 0} of ${experiment.steps}`
  return (
    <div className="sinks-steps">
      {running ? (
        <button type="button" className="tool-button" onClick={stop}>
          Stop
        </button>
      ) : (
        <button type="button" className="tool-button" onClick={rerun}>
          Train again
        </button>
      )}
      <button
        type="button"
        className="tool-button"
        disabled={index <= 0}
        aria-label="Back one record"
        onClick={() => press(index - 1)}
      >
        ◂
      </button>
      <button
        type="button"
        className="tool-button"
        disabled={index >= last}
        aria-label="Forward one record"
        onClick={() => press(index + 1)}
      >
        ▸
      </button>
      <input
        type="range"
        min={0}
        max={Math.max(0, last)}
        value={Math.max(0, index)}
        disabled={last < 1}
        aria-label="step looked at"
        aria-valuetext={text}
        onPointerDown={() => (gestures.current += 1)}
        onChange={(event) => go(Number(event.target.value), `step ${gestures.current}`)}
      />
      <output>
        {text}
        {experiment.step === null && running ? ', the newest' : ''}
      </output>
    </div>
  )
}
