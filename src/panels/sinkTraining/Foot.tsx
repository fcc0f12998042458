import { Popover } from '../../charts/Popover.tsx'
import { shortNumber } from '../../charts/numberFormat.ts'
import type { Edit } from '../contract.ts'
import { engineNames } from '../engineNames.ts'
import type { SinkTrainingResult } from './compute.ts'
import type { EngineFinding } from './engines.ts'
import type { SinkTrainingExperiment } from './experiment.ts'
import { weightCount } from './modelConfig.ts'
import { Choice } from './Settings.tsx'

export interface FootProps {
  readonly experiment: SinkTrainingExperiment
  readonly result: SinkTrainingResult
  readonly edit: Edit<SinkTrainingExperiment>
  readonly table: boolean
  readonly setTable: (table: boolean) => void
}

const nameOf = (id: string) => engineNames.find((each) => each.id === id)?.label ?? id

/** What trained the models, how fast, and the numbers behind it all. */
export function Foot({ experiment, result, edit, table, setTable }: FootProps) {
  const { engine } = result.runs[0]!
  const slowest = Math.max(...result.runs.map(({ msPerStep }) => msPerStep))
  const seeds = new Set(result.runs.map(({ seed }) => seed)).size
  return (
    <div className="sinks-foot">
      <Popover
        button={slowest > 0 ? `${nameOf(engine)}: ${shortNumber(slowest, 2)} ms a step` : nameOf(engine)}
        title="Engine"
      >
        <div className="sinks-settings">
          <Choice
            label="train with"
            value={experiment.engine}
            options={engineNames}
            onChange={(id) => edit({ engine: engineNames.find((each) => each.id === id)?.id ?? experiment.engine })}
          />
          <ul className="sinks-note">
            {result.engines.map((finding) => (
              <li key={finding.id}>{found(finding)}</li>
            ))}
          </ul>
        </div>
      </Popover>
      <button type="button" className="tool-button" onClick={() => setTable(!table)}>
        {table ? 'Hide the table' : 'Show as table'}
      </button>
      <p className="sinks-note">
        Measured on {result.evaluationSequences} sequences of {experiment.length} tokens,{' '}
        {seeds === 1 ? 'one seed' : `${seeds} seeds: mean and range`}. {weightCount(experiment)} a model: these are
        toys, which show that a sink can form this way, not that it does so in a large model.
      </p>
    </div>
  )
}

function found({ id, device, milliseconds, reason }: EngineFinding): string {
  const name = device === null ? nameOf(id) : `${nameOf(id)} (${device})`
  if (reason !== null) return `${name}: ${reason}.`
  return milliseconds === null ? `${name}.` : `${name}: ${shortNumber(milliseconds, 2)} ms for a small part of a step.`
}
