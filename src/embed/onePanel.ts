import { parseNotebook } from '../notebook/document.ts'
import { decodeFragment, type LinkState } from '../notebook/fragment.ts'
import type { SavedPanel } from '../notebook/instance.ts'
import type { fetchNotebook } from './fetchNotebook.ts'

export interface OnePanel {
  /** A notebook of one fence and nothing else; empty where the address names no panel. */
  readonly text: string
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
export async function onePanel(
  hash: string,
  wanted: string | null,
  fetchText: typeof fetchNotebook,
): Promise<OnePanel> {
  const link = await decodeFragment(hash)
  const notices = [...(link?.notices ?? [])]
  const theme = link?.theme ?? null
  const saved = link?.panels.find(({ id }) => wanted === null || id === wanted)
  if (saved)
    return { text: fence(saved.type, saved.id, saved.version, ''), id: saved.id, saved: [saved], theme, notices }

  const notebook = link?.notebook ?? (/^#[a-z0-9-]+$/.test(hash) ? { builtIn: hash.slice(1) } : null)
  let text = ''
  try {
    if (notebook) text = 'text' in notebook ? notebook.text : await fetchText(notebook.builtIn)
  } catch (error) {
    notices.push(error instanceof Error ? error.message : String(error))
  }
  const panel = parseNotebook(text).panels.find(({ id }) => wanted === null || id === wanted)
  if (panel)
    return { text: fence(panel.type, panel.id, panel.version, panel.body), id: panel.id, saved: [], theme, notices }
  notices.push(
    wanted === null
      ? 'This frame’s address names no panel. Copy the frame’s code again from Share.'
      : `This frame’s address has no panel #${wanted}.`,
  )
  return { text: '', id: '', saved: [], theme, notices }
}

function fence(type: string, id: string, version: number, body: string): string {
  const longest = Math.max(2, ...[...body.matchAll(/`+/g)].map(([run]) => run.length))
  const ticks = '`'.repeat(longest + 1)
  return `${ticks}softscope ${type} #${id} version=${version}\n${body}\n${ticks}\n`
}
