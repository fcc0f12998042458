import { useState } from 'react'
import './apiLeak.css'
import type { PanelViewProps } from '../contract.ts'
import { PresetMenu } from '../PresetMenu.tsx'
import { CompareStep } from './CompareStep.tsx'
import { CountStep } from './CountStep.tsx'
import type { ApiLeakExperiment } from './experiment.ts'
import { guardSettings } from './guards.ts'
import { GuardTable } from './GuardTable.tsx'
import { Interface, SecretModel } from './Interface.tsx'
import { LeakTable } from './LeakTable.tsx'
import { outputHeight } from './OutputFigure.tsx'
import { presets } from './presets.ts'
import { ReadStep } from './ReadStep.tsx'
import { RebuildStep } from './RebuildStep.tsx'
import type { ApiLeakResult } from './result.ts'
import type { StepProps } from './stepProps.ts'

type Props = PanelViewProps<ApiLeakExperiment, ApiLeakResult>

const parts = [
  { id: 'read', label: 'Read an output' },
  { id: 'count', label: 'Count its numbers' },
  { id: 'rebuild', label: 'Rebuild from a few' },
  { id: 'compare', label: 'Tell models apart' },
] as const

/** An attack on an emulated API, played by hand: four parts, one interface, its guards. */
export function View({ experiment, result, stale, status, edit, rerun }: Props) {
  const [table, setTable] = useState(false)
  return (
    <div className={stale ? 'leak is-stale' : 'leak'}>
      <div className="leak-parts" role="group" aria-label="Parts of the attack">
        {parts.map(({ id, label }, i) => (
          <button
            key={id}
            type="button"
            className="leak-part"
            aria-current={experiment.step === id ? 'step' : undefined}
            onClick={() => edit({ step: id })}
          >
            <span>{i + 1}</span> {label}
          </button>
        ))}
      </div>
      <Interface {...{ experiment, result, edit }} />
      {result ? (
        <Part {...{ experiment, result, edit }} />
      ) : (
        <p className="leak-awaited" style={{ minHeight: outputHeight }}>
          {status.state === 'idle' ? (
            <button type="button" className="tool-button" onClick={rerun}>
              Open the API
            </button>
          ) : (
            'The API is being opened.'
          )}
        </p>
      )}
      <div className="leak-tools">
        <PresetMenu presets={presets} onChoose={edit} />
        <SecretModel {...{ experiment, edit }} />
        <button type="button" className="tool-button" aria-pressed={table} onClick={() => setTable(!table)}>
          Table
        </button>
        {result && status.state === 'idle' && result.guardCosts?.length !== guardSettings.length && (
          <button type="button" className="tool-button" onClick={rerun}>
            Go on to the end
          </button>
        )}
      </div>
      {result && table && <LeakTable {...{ experiment, result }} />}
      <GuardTable experiment={experiment} costs={result?.guardCosts ?? null} edit={edit} />
    </div>
  )
}

function Part(props: StepProps) {
  switch (props.experiment.step) {
    case 'read':
      return <ReadStep {...props} />
    case 'count':
      return <CountStep {...props} />
    case 'rebuild':
      return <RebuildStep {...props} />
    case 'compare':
      return <CompareStep {...props} />
  }
}
