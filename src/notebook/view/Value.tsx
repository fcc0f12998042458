import { valueAt } from '../path.ts'
import { useLivePanel, useResultsWhenSeen, useRun } from './hooks.ts'
import { numberText } from './numberText.ts'
import { brokenPanel, Complaint, type WidgetProps } from './widget.tsx'

/** A number or word that a panel computes, in the text: `:value[bars.support.sparsemax]{format=".1%"}`. */
export function Value({ node, instance, steps, attributes }: WidgetProps) {
  const live = useLivePanel(instance)
  const run = useRun(live)
  const element = useResultsWhenSeen(live?.runner)
  const text = numberText(attributes.get('format'))
  if (!live || !run) return <Complaint node={node}>{brokenPanel(instance.id)}</Complaint>
  if ('problem' in text) return <Complaint node={node}>{text.problem}</Complaint>
  const name = `#${[instance.id, ...steps].join('.')}`
  const { result, stale, status } = run
  if (!result) {
    const why = status.state === 'failed' ? `#${instance.id} failed: ${status.message}` : `${name} is being computed`
    return (
      <span ref={element} className="value value-waiting" title={why}>
        {status.state === 'failed' ? '—' : '…'}
      </span>
    )
  }
  const found = valueAt(result.values, steps, `#${instance.id}`)
  if ('missing' in found) {
    // What a panel publishes is up to the notebook's author; which entries and variants there are, to the reader.
    const authors = 'missing' in valueAt(result.values, steps.slice(0, 1), `#${instance.id}`)
    if (authors) return <Complaint node={node}>{found.missing}</Complaint>
    return (
      <span ref={element} className="value value-waiting" role="img" aria-label={found.missing} title={found.missing}>
        –
      </span>
    )
  }
  const written = inWords(found.value, text.write)
  if (written === null) {
    const has = Object.keys(found.value ?? {}).join(', ')
    return <Complaint node={node}>{`${name} is a group of values; it has ${has}.`}</Complaint>
  }
  const unit = attributes.get('unit')
  const isPartial = status.state === 'running'
  return (
    <span
      ref={element}
      className="value"
      data-stale={stale || undefined}
      data-partial={isPartial || undefined}
      title={isPartial ? `so far: #${instance.id} is still running` : `computed by ${name}`}
    >
      {unit === undefined ? written : `${written}\u202f${unit}`}
    </span>
  )
}

function inWords(value: unknown, write: (value: number) => string): string | null {
  if (typeof value === 'number') return write(value)
  if (typeof value === 'string') return value
  if (Array.isArray(value) || ArrayBuffer.isView(value))
    return Array.from(value as ArrayLike<unknown>, (each) =>
      typeof each === 'number' ? write(each) : String(each),
    ).join(', ')
  return null
}
