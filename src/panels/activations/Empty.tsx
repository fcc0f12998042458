import { defaults } from './experiment.ts'
import { withEntry } from './edits.ts'
import type { Change } from './VariantHead.tsx'

export interface EmptyRowProps {
  readonly change: Change
  readonly bring: () => void
}

/** Nothing to drag yet, and what to do about it. */
export function EmptyRow({ change, bring }: EmptyRowProps) {
  return (
    <div className="empty">
      <p>There are no logits yet.</p>
      <button type="button" className="tool-button" onClick={() => change(withEntry)}>
        Add one
      </button>
      <button type="button" className="tool-button" onClick={bring}>
        Paste a row
      </button>
    </div>
  )
}

/** A run that failed before it had any logits to show, such as of a file that this browser does not have. */
export function NoNumbers({ bring }: Pick<EmptyRowProps, 'bring'>) {
  return (
    <div className="empty">
      <p>There are no numbers to draw; below stands why. Paste or drop them here.</p>
      <button type="button" className="tool-button" onClick={bring}>
        Paste them
      </button>
    </div>
  )
}

export interface EmptyVariantsProps {
  readonly change: Change
}

/** Logits, and nothing to make weights of them. */
export function EmptyVariants({ change }: EmptyVariantsProps) {
  return (
    <div className="empty">
      <p>No variant turns these logits into weights yet.</p>
      <button type="button" className="tool-button" onClick={() => change(() => ({ variants: defaults.variants }))}>
        Add the usual {defaults.variants.length}
      </button>
    </div>
  )
}
