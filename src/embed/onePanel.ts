import { documentOf, documentOfPanel, type NotebookDocument } from '../notebook/document.ts'
import { decodeFragment, type LinkState } from '../notebook/fragment.ts'
import type { SavedPanel } from '../notebook/instance.ts'
import { parseText } from '../notebook/parseText.ts'
import type { fetchNotebook } from './fetchNotebook.ts'

export interface OnePanel {
  /** A notebook of one fence and nothing else; empty where the address names no panel. */
  readonly document: NotebookDocument
  /** The panel's id; empty where there is none. */
  readonly id: string
  readonly saved: readonly SavedPanel[]
  /** What the link asks for; null follows the frame's surroundings. */
  readonly theme: LinkState['theme']
  /** What the address held that could not be used, in sentences. */
  readonly notices: readonly string[]
}

/**
 * The panel that a frame's address names: the one with the id `wanted`, else the first that the link holds, else the
 * first of the link's notebook.
 */
export async function onePanel(hash: string, wanted: string | null, fetch: typeof fetchNotebook): Promise<OnePanel> {
  const link = await decodeFragment(hash)
  const notices = [...(link?.notices ?? [])]
  const theme = link?.theme ?? null
  const saved = link?.panels.find(({ id }) => wanted === null || id === wanted)
  if (saved) return { document: documentOfSaved(saved), id: saved.id, saved: [saved], theme, notices }

  const notebook = link?.notebook ?? (/^#[a-z0-9-]+$/.test(hash) ? { builtIn: hash.slice(1) } : null)
  let document = empty
  try {
    if (notebook) document = await ('text' in notebook ? parseText(notebook.text) : fetch(notebook.builtIn))
  } catch (error) {
    notices.push(error instanceof Error ? error.message : String(error))
  }
  const panel = document.panels.find(({ id }) => wanted === null || id === wanted)
  if (panel) return { document: documentOfPanel(document, panel), id: panel.id, saved: [], theme, notices }
  notices.push(
    wanted === null
      ? 'This frame’s address names no panel. Copy the frame’s code again from Share.'
      : `This frame’s address has no panel #${wanted}.`,
  )
  return { document: empty, id: '', saved: [], theme, notices }
}

const empty = documentOf({ text: '', root: { type: 'root', children: [] }, frontMatter: {} })

/** A fence without fields: the link's experiment stands before them. */
function documentOfSaved({ id, type, version }: SavedPanel): NotebookDocument {
  const meta = `${type} #${id} version=${version}`
  const fence = { type: 'code', lang: 'softscope', meta, value: '', data: { fields: { value: {} } } } as const
  return documentOf({ text: '', root: { type: 'root', children: [fence] }, frontMatter: {} })
}
