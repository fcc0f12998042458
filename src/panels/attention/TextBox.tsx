import { useState, type KeyboardEvent } from 'react'
import type { Edit } from '../contract.ts'
import { textRead, type AttentionExperiment } from './experiment.ts'

export interface TextBoxProps {
  readonly experiment: Pick<AttentionExperiment, 'text' | 'tokenizer' | 'ids'>
  readonly edit: Edit<AttentionExperiment>
}

/** What the model reads. It is read when one leaves the box, or by Enter with Control or Command. */
export function TextBox({ experiment, edit }: TextBoxProps) {
  const { ids } = experiment
  const written = ids === null ? textRead(experiment) : ids.join(' ')
  const [draft, setDraft] = useState(written)
  const [from, setFrom] = useState(written)
  // Another text came from outside: an undo, a preset, a link in the prose.
  if (written !== from) {
    setFrom(written)
    setDraft(written)
  }
  const read = () => {
    if (draft === written) return
    const numbers = draft.trim().split(/[\s,]+/)
    const stillIds = ids !== null && numbers.every((each) => /^\d+$/.test(each))
    edit(stillIds ? { ids: numbers.map(Number) } : { text: draft, ids: null })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    read()
  }
  return (
    <div className="att-text">
      <textarea
        aria-label={ids === null ? 'Text' : 'Token ids'}
        rows={2}
        spellCheck={false}
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={read}
        onKeyDown={onKeyDown}
      />
      {draft !== written && (
        <button type="button" className="tool-button" onClick={read}>
          Read it
        </button>
      )}
    </div>
  )
}
