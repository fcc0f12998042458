import { useState } from 'react'
import { Popover } from '../../charts/Popover.tsx'
import { variantColour } from '../../charts/variantColour.ts'
import { normalizers } from '../../math/normalizers/index.ts'
import { shuffledEntries, sortedEntries, withAllVariants, withEntry, withVariant } from './edits.ts'
import type { ActivationsExperiment } from './experiment.ts'
import { presets } from './presets.ts'
import type { Change } from './VariantHead.tsx'

export interface ControlsProps {
  readonly experiment: ActivationsExperiment
  readonly change: Change
  readonly hint: string
  readonly table: boolean
  readonly setTable: (table: boolean) => void
  readonly bring: () => void
}

/** The first row: what to try, and four buttons. */
export function Controls({ experiment, change, hint, table, setTable, bring }: ControlsProps) {
  return (
    <div className="controls">
      <p className="hint">{hint}</p>
      <div className="control-buttons">
        <Popover button="Presets" title="Presets">
          <div className="popover-list">
            {presets.map(({ label, experiment: preset }) => (
              <button key={label} type="button" data-closes onClick={() => change(() => preset)}>
                {label}
              </button>
            ))}
          </div>
        </Popover>
        <button type="button" className="tool-button" onClick={bring}>
          Paste data
        </button>
        <Popover button="+ variant" title="Add a variant">
          <div className="popover-list variant-list">
            {normalizers.map(({ id, label, summary }) => (
              <button
                key={id}
                type="button"
                title={summary}
                data-closes
                onClick={() => change((now) => withVariant(now, id))}
              >
                <span className="variant-dot" style={{ background: variantColour(id) }} />
                {label}
              </button>
            ))}
            <hr />
            <button type="button" data-closes onClick={() => change(withAllVariants)}>
              all of them
            </button>
          </div>
        </Popover>
        <MoreMenu experiment={experiment} change={change} table={table} setTable={setTable} />
      </div>
    </div>
  )
}

function MoreMenu({
  experiment,
  change,
  table,
  setTable,
}: Pick<ControlsProps, 'experiment' | 'change' | 'table' | 'setTable'>) {
  const [shuffles, setShuffles] = useState(1)
  const written = experiment.generate === null && experiment.data === null
  const item = (text: string, run: () => void) => (
    <button type="button" data-closes onClick={run}>
      {text}
    </button>
  )
  return (
    <Popover button="⋯" label="More" title="More">
      <div className="popover-list">
        {written && (
          <>
            {item('Add a logit', () => change(withEntry))}
            {item('Sort, largest first', () => change(sortedEntries))}
            {item('Shuffle', () => {
              change((now) => shuffledEntries(now, shuffles))
              setShuffles(shuffles + 1)
            })}
            <hr />
          </>
        )}
        {item(experiment.layout === 'multiples' ? 'Draw in one picture' : 'Draw side by side', () =>
          change((now) => ({ layout: now.layout === 'multiples' ? 'overlaid' : 'multiples' })),
        )}
        {item(table ? 'Hide the table' : 'Show as table', () => setTable(!table))}
      </div>
    </Popover>
  )
}
