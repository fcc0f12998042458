import { base64url, deflated, fromBase64url, inflated } from './deflate.ts'
import type { SavedPanel } from './instance.ts'
import { isFields } from './fields.ts'

/** What a link holds: which notebook, and what was changed in it. An embed's link holds one panel and no notebook. */
export interface LinkState {
  readonly notebook: { readonly builtIn: string } | { readonly text: string } | null
  readonly panels: readonly SavedPanel[]
  /** Null follows the reader's system. */
  readonly theme: 'light' | 'dark' | null
}

export interface DecodedLink extends LinkState {
  /** What could not be read, in words; empty for a sound link. */
  readonly notices: readonly string[]
}

/** Bytes; no notebook written by hand comes near. */
const textLimit = 4 * 1024 * 1024
const panelLimit = 1024 * 1024
const longestLink = 4 * 1024 * 1024
const mostParts = 500

/*
 * #v1.<part>.<part>…   Each part stands alone, so that damage to one loses no other: a letter, its content, and four
 * digits that check both. b: id of a built-in notebook. t: text of an own notebook, deflated. p: id of a panel, ~, and
 * [type, version, experiment] as JSON, deflated. h: theme. Deflated bytes are written in base64url.
 */

/** The link's fragment, from # on. */
export async function encodeFragment({ notebook, panels, theme }: LinkState): Promise<string> {
  const parts: string[] = []
  if (notebook && 'builtIn' in notebook) parts.push(`b${notebook.builtIn}`)
  if (notebook && 'text' in notebook) parts.push(`t${base64url(await deflated(notebook.text))}`)
  if (theme) parts.push(`h${theme}`)
  for (const { id, type, version, experiment } of panels)
    parts.push(`p${id}~${base64url(await deflated(JSON.stringify([type, version, experiment])))}`)
  return `#v1.${parts.map((part) => part + check(part)).join('.')}`
}

/**
 * What a fragment holds; null if it is not a link of ours (empty, or the name of a heading). Never throws: a damaged,
 * cut or unknown part is left out and listed, and all others are read.
 */
export async function decodeFragment(hash: string): Promise<DecodedLink | null> {
  const text = unescaped(hash.replace(/^#/, '')).replace(/[^\w.~-]/g, '')
  const [version = '', ...parts] = text === 'v1.' ? ['v1'] : text.split('.')
  if (parts.length === 0 && text !== 'v1.') return null
  const notices: string[] = []
  if (version !== 'v1')
    notices.push(`This link starts with “${version.slice(0, 20)}” where “v1” is known; read as far as it goes.`)
  if (text.length > longestLink || parts.length > mostParts)
    return { notebook: null, panels: [], theme: null, notices: ['This link is too long to be one of softscope’s.'] }
  let notebook: LinkState['notebook'] = null
  let theme: LinkState['theme'] = null
  const panels: SavedPanel[] = []
  for (const part of parts) {
    const body = part.slice(1, -4)
    const sound = part.length > 4 && check(part.slice(0, -4)) === part.slice(-4)
    if (part.startsWith('t')) {
      const own = await ownText(part.slice(1), sound)
      if (own.text !== '') notebook = { text: own.text }
      notices.push(...own.notices)
    } else if (!sound) notices.push(damagedNotice(part))
    else if (part.startsWith('b')) notebook ??= { builtIn: body }
    else if (part.startsWith('h')) theme = body === 'light' || body === 'dark' ? body : null
    else if (part.startsWith('p')) {
      const panel = await savedPanel(body)
      if (typeof panel === 'string') notices.push(panel)
      else panels.push(panel)
    } else notices.push('A part of this link is of a kind that this softscope does not know; it was left out.')
  }
  return { notebook, panels, theme, notices }
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch (error) {
    // A % that starts no escape: take the text as it is.
    if (error instanceof URIError) return text
    throw error
  }
}

async function ownText(content: string, sound: boolean): Promise<{ text: string; notices: string[] }> {
  const { text, state } = await inflated(fromBase64url(sound ? content.slice(0, -4) : content), textLimit)
  if (state === 'too-large')
    return { text: '', notices: ['The notebook in this link is larger than 4 MiB; it was not opened.'] }
  if (sound && state === 'whole') return { text, notices: [] }
  const saved =
    text === ''
      ? 'Nothing of its notebook could be read.'
      : `The first ${text.length} characters of its notebook could be read; some may be wrong.`
  return { text, notices: [`This link is cut or damaged. ${saved}`] }
}

async function savedPanel(body: string): Promise<SavedPanel | string> {
  const [id = '', content = ''] = body.split('~')
  const { text, state } = await inflated(fromBase64url(content), panelLimit)
  if (state !== 'whole') return `What the link says of the panel #${id} cannot be read; it was left out.`
  try {
    const [type, version, experiment] = JSON.parse(text) as unknown[]
    if (typeof type === 'string' && typeof version === 'number' && isFields(experiment))
      return { id, type, version, experiment }
  } catch (error) {
    if (!(error instanceof Error)) throw error
  }
  return `What the link says of the panel #${id} is not an experiment; it was left out.`
}

function damagedNotice(part: string): string {
  const id = /^p([A-Za-z][\w-]*)~/.exec(part)?.[1]
  if (id !== undefined) return `What this link says of the panel #${id} is cut or damaged; it was left out.`
  return 'A part of this link is cut or damaged; it was left out.'
}

/** Four digits that change when any character of the part does (24 bits of FNV-1a). */
function check(part: string): string {
  let hash = 0x811c9dc5
  for (let i = 0; i < part.length; i++) hash = Math.imul(hash ^ part.charCodeAt(i), 0x01000193)
  return base64url(Uint8Array.of(hash >>> 24, hash >>> 16, hash >>> 8))
}
