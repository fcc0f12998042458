import type { TextDirective } from 'mdast-util-directive'
import type { ComponentType } from 'react'
import { plainText } from '../document.ts'
import { parseReference } from '../path.ts'
import { Apply } from './Apply.tsx'
import { usePage } from './context.ts'
import { Children, Source } from './Prose.tsx'
import { ScrubWidget } from './ScrubWidget.tsx'
import { Value } from './Value.tsx'
import { Complaint, type WidgetProps } from './widget.tsx'

interface Widget {
  readonly Part: ComponentType<WidgetProps>
  /** Attributes that it takes; null takes any. */
  readonly attributes: readonly string[] | null
}

/** The live parts of prose, by the name after the colon. */
const widgets: Readonly<Record<string, Widget>> = {
  value: { Part: Value, attributes: ['format', 'unit'] },
  scrub: { Part: ScrubWidget, attributes: ['min', 'max', 'step', 'label', 'format', 'unit'] },
  apply: { Part: Apply, attributes: null },
}

/** A live part of the text; a name that means nothing (as in 10:30) is the text it is. */
export function Directive({ node }: { readonly node: TextDirective }) {
  const { notebook } = usePage()
  const widget = Object.hasOwn(widgets, node.name) ? widgets[node.name] : undefined
  if (!widget) return <Source node={node} />
  const { Part, attributes: known } = widget
  const attributes = new Map(Object.entries(node.attributes ?? {}).map(([key, value]) => [key, value ?? '']))
  const unknown = known && [...attributes.keys()].find((key) => !known.includes(key))
  if (known && unknown !== null && unknown !== undefined)
    return <Complaint node={node}>{`:${node.name} takes ${known.join(', ')}; there is no “${unknown}”.`}</Complaint>
  const reference = known ? parseReference(plainText(node)) : { panel: attributes.get('panel') ?? '', steps: [] }
  const instance = notebook.panel(reference.panel)
  if (!instance) {
    const has = notebook.panels.map(({ id }) => `#${id}`).join(', ')
    const asked = reference.panel === '' ? `:${node.name} names no panel` : `There is no panel #${reference.panel}`
    return <Complaint node={node}>{`${asked}; this notebook has ${has === '' ? 'none' : has}.`}</Complaint>
  }
  return (
    <Part node={node} instance={instance} steps={reference.steps} attributes={attributes}>
      <Children of={node} />
    </Part>
  )
}
