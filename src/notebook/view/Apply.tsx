import { useState, type SyntheticEvent } from 'react'
import { withValueAt } from '../path.ts'
import type { YamlResult } from '../yaml.ts'
import { useExperiment, useLivePanel } from './hooks.ts'
import { brokenPanel, Complaint, type WidgetProps } from './widget.tsx'

/** A link that sets fields of an experiment: `:apply[two tie]{panel=bars logits="[1, 1, 0]"}`. Undo takes it back. */
export function Apply({ node, instance, children }: WidgetProps) {
  const live = useLivePanel(instance)
  const experiment = useExperiment(live)
  const [refused, setRefused] = useState<string | null>(null)
  if (!live || !experiment) return <Complaint node={node}>{brokenPanel(instance.id)}</Complaint>
  const patch = patchOf(experiment, node.data?.values ?? {}, `#${instance.id}`)
  if ('problem' in patch) return <Complaint node={node}>{patch.problem}</Complaint>

  const apply = (event: SyntheticEvent) => {
    event.preventDefault()
    live.experiments.edit(patch.value)
    setRefused(live.experiments.getState().refused)
  }
  return (
    <>
      {/* An anchor, since a button's words do not wrap as the text around them does. */}
      <a
        href={`#${instance.id}`}
        role="button"
        className="apply"
        onClick={apply}
        onKeyDown={(event) => event.key === ' ' && apply(event)}
      >
        {children}
      </a>
      {refused !== null && (
        <small className="complaint" role="alert">
          #{instance.id} did not take this: {refused}
        </small>
      )}
    </>
  )
}

type Patch = { readonly value: Record<string, unknown> } | { readonly problem: string }

/** The attributes, each a YAML value, as a patch; a name with dots leads into a field: `variants.entmax.params.alpha=2`. */
function patchOf(
  experiment: Readonly<Record<string, unknown>>,
  values: Readonly<Record<string, YamlResult<unknown>>>,
  root: string,
): Patch {
  const fields = Object.entries(values).filter(([name]) => name !== 'panel')
  if (fields.length === 0)
    return { problem: 'It sets nothing; write fields behind the panel, as in {panel=bars seed=1}.' }
  let after: unknown = experiment
  const patch: Record<string, unknown> = {}
  for (const [name, value] of fields) {
    if ('problem' in value) return { problem: `${name}: ${value.problem.message}` }
    const changed = withValueAt(after, name.split('.'), value.value, root)
    if ('missing' in changed) return { problem: changed.missing }
    after = changed.value
    const field = name.split('.')[0] ?? name
    patch[field] = (after as Record<string, unknown>)[field]
  }
  return { value: patch }
}
