import type { Definition, Heading, Nodes } from 'mdast'
import { plainText } from '../document.ts'
import type { Notebook } from '../notebook.ts'
import type { Page } from './context.ts'

/** Reads once what the page needs from all over the document. */
export function pageOf(notebook: Notebook): Page {
  const definitions = new Map<string, Definition>()
  const headingIds = new Map<Heading, string>()
  const taken = new Set(notebook.panels.map(({ id }) => id))
  const visit = (node: Nodes): void => {
    if (node.type === 'definition' && !definitions.has(node.identifier)) definitions.set(node.identifier, node)
    if (node.type === 'heading') headingIds.set(node, freeSlug(plainText(node), taken))
    if ('children' in node) node.children.forEach(visit)
  }
  visit(notebook.document.root)
  return { notebook, definitions, headingIds }
}

/** `Why zeros?` → `why-zeros`; the second of that name gets `-2`. */
function freeSlug(title: string, taken: Set<string>): string {
  const words = title.toLowerCase().replace(/[^\p{Letter}\p{Number}]+/gu, '-')
  const stem = words.replace(/^-|-$/g, '') || 'section'
  let slug = stem
  for (let number = 2; taken.has(slug); number++) slug = `${stem}-${number}`
  taken.add(slug)
  return slug
}
