import type { Nodes } from 'mdast'
import { plainText } from '../notebook/document.ts'
import type { Notebook } from '../notebook/notebook.ts'

/** A panel as a menu shows it. */
export interface PanelSection {
  readonly id: string
  readonly type: string
  /** The heading it stands under; empty before the first. */
  readonly section: string
}

/** Each panel of the notebook with the heading it stands under, in the order of the page. */
export function panelSections({ document, panels }: Notebook): PanelSection[] {
  const out: PanelSection[] = []
  let section = ''
  const visit = (node: Nodes): void => {
    if (node.type === 'heading') section = plainText(node)
    const panel = panels.find(({ fence }) => fence.node === node)
    if (panel) out.push({ id: panel.id, type: panel.fence.type, section })
    if ('children' in node) node.children.forEach(visit)
  }
  visit(document.root)
  return out
}
