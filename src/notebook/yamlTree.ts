import { EVENT_ID, parseEvents, SCALAR_STYLE, COLLECTION_STYLE, type Event } from 'js-yaml'

/** A node of a YAML text with its place in it. `end` is exclusive; a null that is not written has no place. */
export type YamlNode =
  | { readonly kind: 'scalar'; readonly start: number; readonly end: number; readonly block: boolean }
  | { readonly kind: 'unwritten' }
  | { readonly kind: 'list'; readonly start: number; readonly end: number; readonly items: readonly YamlNode[] }
  | {
      readonly kind: 'mapping'
      readonly start: number
      readonly end: number
      readonly flow: boolean
      readonly entries: readonly YamlPair[]
    }

export interface YamlPair {
  readonly key: string
  /** Where the key starts. */
  readonly start: number
  /** Where the key ends, before its colon. */
  readonly keyEnd: number
  readonly value: YamlNode
}

/** The tree of one YAML document, or null where it has parts (aliases, tags, odd keys) that are not edited in place. */
export function yamlTree(text: string): YamlNode | null {
  const events = parseEvents(text, {})
  const [first, ...rest] = events
  if (first?.type !== EVENT_ID.DOCUMENT || first.explicitStart || first.directives.length > 0) return null
  return readNode({ text, events: rest, at: 0 })
}

interface Reader {
  readonly text: string
  readonly events: readonly Event[]
  at: number
}

function readNode(reader: Reader): YamlNode | null {
  const event = reader.events[reader.at++]
  if (!event) return null
  if (event.type === EVENT_ID.DOCUMENT || event.type === EVENT_ID.ALIAS || event.type === EVENT_ID.POP) return null
  if (event.anchorStart >= 0 || event.tagStart >= 0) return null
  if (event.type === EVENT_ID.SCALAR) {
    if (event.valueStart < 0) return { kind: 'unwritten' }
    const quoted = event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED
    const block = event.style === SCALAR_STYLE.LITERAL_BLOCK || event.style === SCALAR_STYLE.FOLDED_BLOCK
    const quote = quoted ? 1 : 0
    // A block of text reaches over its line break and the blank lines below; these are not part of what is replaced.
    const end = block ? reader.text.slice(0, event.valueEnd).trimEnd().length : event.valueEnd + quote
    return { kind: 'scalar', start: event.valueStart - quote, end, block }
  }
  const flow = event.style === COLLECTION_STYLE.FLOW
  return event.type === EVENT_ID.SEQUENCE ? readList(reader, event.start, flow) : readMapping(reader, event.start, flow)
}

function readList(reader: Reader, start: number, flow: boolean): YamlNode | null {
  const items: YamlNode[] = []
  while (reader.events[reader.at]?.type !== EVENT_ID.POP) {
    const item = readNode(reader)
    if (!item) return null
    items.push(item)
  }
  reader.at++
  const end = endOf(reader.text, start, items, flow)
  return end === null ? null : { kind: 'list', start, end, items }
}

function readMapping(reader: Reader, start: number, flow: boolean): YamlNode | null {
  const entries: YamlPair[] = []
  while (reader.events[reader.at]?.type !== EVENT_ID.POP) {
    const key = readNode(reader)
    const value = readNode(reader)
    if (!value || key?.kind !== 'scalar' || key.block) return null
    const written = reader.text.slice(key.start, key.end)
    entries.push({ key: unquoted(written), start: key.start, keyEnd: key.end, value })
  }
  reader.at++
  const parts = entries.flatMap(({ start: from, keyEnd, value }): YamlNode[] => [
    { kind: 'scalar', start: from, end: keyEnd, block: false },
    value,
  ])
  const end = endOf(reader.text, start, parts, flow)
  return end === null ? null : { kind: 'mapping', start, end, flow, entries }
}

/** A key with escapes stays as written: it then matches no field, and the caller rewrites the whole. */
const unquoted = (key: string): string => (/^(['"]).*\1$/.test(key) ? key.slice(1, -1) : key)

/** The parser tells where a collection starts, not where it ends: past its last part, and its bracket if it has one. */
function endOf(text: string, start: number, parts: readonly YamlNode[], flow: boolean): number | null {
  let end = start + (flow ? 1 : 0)
  for (const part of parts) if (part.kind !== 'unwritten') end = Math.max(end, part.end)
  if (!flow) return end
  const gap = /^(?:[\s,:]|#[^\n\r]*)*[\]}]/.exec(text.slice(end))
  return gap ? end + gap[0].length : null
}
