import { memo, useState } from 'react'
import { Popover } from '../../charts/Popover.tsx'
import { variantColour } from '../../charts/variantColour.ts'
import { normalizers } from '../../math/normalizers/index.ts'
import { shuffledEntries, sortedEntries, withAllVariants, withEntry, withVariant } from './edits.ts'
import type { ActivationsExperiment } from './experiment.ts'
import { presets } from './presets.ts'
import { maxDrawn, maxMarks } from './result.ts'
import { maxBars } from './LogitsFigure.tsx'
import { sameValue } from '../sameValue.ts'
import { SourceLine, type Source } from './SourceLine.tsx'
import type { Change } from './VariantHead.tsx'

export interface ControlsProps {
  readonly source: Source
  /** How many logits there are. */
  readonly n: number
  readonly layout: ActivationsExperiment['layout']
  readonly change: Change
  readonly table: boolean
  readonly setTable: (table: boolean) => void
  /** Opens the way to bring numbers. */
  readonly bring: () => void
}

/** What to try where a row is too long for the panel's own advice. */
function Hint({ n }: { readonly n: number }) {
  if (n <= maxBars) return null
  if (n > maxDrawn)
    return <p className="hint">A long row, drawn in order of its values. Scrub its scale, or a variant’s parameter.</p>
  return (
    <p className="hint">
      Drag any entry; with the keyboard, left and right choose one, up and down move it.
      {n > maxMarks && ' A line below the base line marks exact zeros.'}
    </p>
  )
}

/** The first row: the logits’ source, and four buttons. */
export const Controls = memo(ControlRow, sameValue)

function ControlRow({ source, n, layout, change, table, setTable, bring }: ControlsProps) {
  return (
    <div className="controls">
      <div>
        <SourceLine source={source} change={change} />
        <Hint n={n} />
      </div>
      <div className="control-buttons">
        <Popover button="Presets" title="Presets">
          <div className="popover-list">
            {presets.map(({ label, experiment: preset }) => (
              <Item key={label} run={() => change(() => preset)}>
                {label}
              </Item>
            ))}
          </div>
        </Popover>
        <button type="button" className="tool-button" onClick={bring}>
          Paste data
        </button>
        <Popover button="+ variant" title="Add a variant">
          <div className="popover-list variant-list">
            {normalizers.map(({ id, label, summary }) => (
              <Item key={id} title={summary} run={() => change((now) => withVariant(now, id))}>
                <span className="variant-dot" style={{ background: variantColour(id) }} />
                {label}
              </Item>
            ))}
            <hr />
            <Item run={() => change(withAllVariants)}>all of them</Item>
          </div>
        </Popover>
        <More {...{ source, layout, change, table, setTable }} />
      </div>
    </div>
  )
}

function More({ source, layout, change, table, setTable }: Omit<ControlsProps, 'bring' | 'n'>) {
  const [shuffles, setShuffles] = useState(1)
  const shuffle = () => {
    change((now) => shuffledEntries(now, shuffles))
    setShuffles(shuffles + 1)
  }
  const other = layout === 'multiples' ? 'overlaid' : 'multiples'
  return (
    <Popover button="⋯" label="More" title="More">
      <div className="popover-list">
        {source.generate === null && source.data === null && (
          <>
            <Item run={() => change(withEntry)}>Add a logit</Item>
            <Item run={() => change(sortedEntries)}>Sort, largest first</Item>
            <Item run={shuffle}>Shuffle</Item>
            <hr />
          </>
        )}
        <Item run={() => change(() => ({ layout: other }))}>
          {other === 'overlaid' ? 'Draw in one picture' : 'Draw side by side'}
        </Item>
        <Item run={() => setTable(!table)}>{table ? 'Hide the table' : 'Show as table'}</Item>
      </div>
    </Popover>
  )
}

interface ItemProps {
  readonly run: () => void
  readonly title?: string
  readonly children: React.ReactNode
}

function Item({ run, title, children }: ItemProps) {
  return (
    <button type="button" data-closes title={title} onClick={run}>
      {children}
    </button>
  )
}
