import type { PanelInstance } from '../instance.ts'

export interface BrokenCellProps {
  readonly instance: PanelInstance
  readonly problems: readonly string[]
}

/** A panel whose text cannot be used: what is wrong, the text itself, and a way on. */
export function BrokenCell({ instance, problems }: BrokenCellProps) {
  const { fence, panel, repair } = instance
  return (
    <div className="panel-broken">
      <p>This panel (line {fence.line}) cannot be shown as it is written:</p>
      <ul>
        {problems.map((problem) => (
          <li key={problem}>{problem}</li>
        ))}
      </ul>
      <pre>
        <code>{fence.body === '' ? '(nothing)' : numbered(fence.body)}</code>
      </pre>
      {panel && (
        <p>
          <button type="button" className="quiet-button" onClick={repair}>
            Open it with the defaults
          </button>{' '}
          where a field is wrong; the text stays as it is until you change something.
        </p>
      )}
    </div>
  )
}

/** Lines with their numbers, which the messages name. */
function numbered(text: string): string {
  const lines = text.split(/\r\n|\n|\r/)
  const width = String(lines.length).length
  return lines.map((line, i) => `${String(i + 1).padStart(width)}  ${line}`).join('\n')
}
