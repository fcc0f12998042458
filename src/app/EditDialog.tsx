import { useDeferredValue, useId, useMemo } from 'react'
import { Modal } from './Modal.tsx'

export interface EditDialogProps {
  /** The text as the person has it now, applied or not. */
  readonly draft: string
  /** The notebook's own text. */
  readonly applied: string
  /** What is wrong or worth knowing in a text, in sentences with their lines; empty for a sound one. */
  readonly problemsOf: (text: string) => readonly string[]
  /** The draft lives outside, so that closing the dialog loses nothing. */
  readonly onDraft: (draft: string) => void
  readonly onApply: (text: string) => void
  readonly onClose: () => void
}

/** The notebook's Markdown in a plain text field. A text with mistakes can be applied: the notebook shows them too. */
export function EditDialog({ draft, applied, problemsOf, onDraft, onApply, onClose }: EditDialogProps) {
  const help = useId()
  const settled = useDeferredValue(draft)
  const problems = useMemo(() => [...new Set(problemsOf(settled))], [problemsOf, settled])
  const changed = draft !== applied
  return (
    <Modal title="Edit the text" wide onClose={onClose}>
      {(close) => (
        <>
          <textarea
            className="notebook-text"
            aria-label="The notebook in Markdown"
            aria-describedby={help}
            value={draft}
            spellCheck={false}
            rows={20}
            onChange={(event) => onDraft(event.currentTarget.value)}
          />
          <div id={help} role="status">
            {problems.length > 0 ? (
              <ul className="problems">
                {problems.map((problem) => (
                  <li key={problem}>{problem}</li>
                ))}
              </ul>
            ) : (
              <p>{changed ? 'Sound, and not applied yet. Closing keeps what you wrote.' : 'As on the page.'}</p>
            )}
          </div>
          <div className="copy-row">
            <button
              type="button"
              className="main-button"
              disabled={!changed}
              onClick={() => {
                onApply(draft)
                close()
              }}
            >
              Apply
            </button>
            <button type="button" className="bar-button" disabled={!changed} onClick={() => onDraft(applied)}>
              Discard what I wrote
            </button>
          </div>
        </>
      )}
    </Modal>
  )
}
