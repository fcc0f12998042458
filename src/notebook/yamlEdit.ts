import { sameValue } from '../panels/sameValue.ts'
import { isFields, type Fields } from './fields.ts'
import { parseFields } from './yaml.ts'
import { yamlEntry, yamlText } from './yamlText.ts'
import { yamlTree, type YamlNode, type YamlPair } from './yamlTree.ts'

/** Replaces text[start, end). */
export interface TextEdit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/**
 * Edits that bring some top-level fields of a YAML mapping to new values and leave every other byte as it is: comments,
 * order, unknown fields, the way numbers and lists are written. `undefined` removes a field.
 * Where a text cannot be edited in place (it is broken, or holds tags), the whole is replaced by `fields`, and a broken
 * text is kept above it as a comment.
 * @param fields  all fields as they shall be, for that last resort; without it, those of the text and the changes
 */
export function yamlEdits(text: string, changes: Fields, fields?: Fields): readonly TextEdit[] {
  const parsed = parseFields(text)
  if ('problem' in parsed) {
    const kept = text === '' ? '' : `${text.replace(/^/gm, '# ')}\n`
    return [{ start: 0, end: text.length, text: kept + entriesText({ ...fields, ...changes }) }]
  }
  const wanted = merged(parsed.value, changes)
  const edits = placedEdits(text, parsed.value, changes)
  if (edits) {
    const after = parseFields(applyEdits(text, edits))
    if ('value' in after && sameValue(after.value, wanted)) return edits
  }
  return [{ start: 0, end: text.length, text: entriesText(wanted) }]
}

/** Applies edits, which do not overlap, in any order. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = text
  for (const { start, end, text: put } of edits.toSorted((a, b) => b.start - a.start || b.end - a.end))
    result = result.slice(0, start) + put + result.slice(end)
  return result
}

function merged(old: Fields, changes: Fields): Fields {
  return Object.fromEntries(Object.entries({ ...old, ...changes }).filter(([, value]) => value !== undefined))
}

const entriesText = (fields: Fields): string =>
  Object.entries(merged({}, fields))
    .map(([key, value]) => yamlEntry(key, value))
    .join('\n')

function placedEdits(text: string, old: Fields, changes: Fields): TextEdit[] | null {
  const root = /\S/.test(text.replace(/#.*/g, '')) ? yamlTree(text) : emptyMapping(text)
  if (root?.kind !== 'mapping' || root.flow) return null
  const edits: TextEdit[] = []
  const added: string[] = []
  const indent = root.entries.length === 0 ? '' : text.slice(lineStart(text, root.start), root.start)
  if (/\S/.test(indent)) return null
  for (const [key, value] of Object.entries(changes)) {
    const pair = root.entries.find((each) => each.key === key)
    if (pair && value === undefined) edits.push(removal(text, pair))
    else if (pair) edits.push(...(nodeEdits(pair.value, old[key], value) ?? [entryEdit(text, pair, value, indent)]))
    else if (value !== undefined) added.push(yamlEntry(key, value, indent))
  }
  if (added.length > 0) {
    const at = lineEnd(text, root.end)
    const first = at === 0 ? '' : '\n'
    edits.push({ start: at, end: at, text: first + added.join('\n') })
  }
  return edits
}

/** A text of comments alone: new fields go below it. */
const emptyMapping = (text: string): YamlNode => ({
  kind: 'mapping',
  start: text.length,
  end: text.length,
  flow: false,
  entries: [],
})

/** Edits of single numbers and words inside a node of the same shape, or null where the shape differs. */
function nodeEdits(node: YamlNode, before: unknown, after: unknown): TextEdit[] | null {
  if (sameValue(before, after)) return []
  if (node.kind === 'scalar') {
    if (node.block || (typeof after === 'object' && after !== null)) return null
    return [{ start: node.start, end: node.end, text: yamlText(after) }]
  }
  if (node.kind === 'list' && Array.isArray(before) && Array.isArray(after)) {
    if (node.items.length !== after.length || before.length !== after.length) return null
    return all(node.items.map((item, i) => nodeEdits(item, before[i], after[i])))
  }
  if (node.kind === 'mapping' && isFields(before) && isFields(after)) {
    if (!sameValue(Object.keys(before).toSorted(), Object.keys(after).toSorted())) return null
    return all(node.entries.map(({ key, value }) => nodeEdits(value, before[key], after[key])))
  }
  return null
}

const all = (parts: (TextEdit[] | null)[]): TextEdit[] | null =>
  parts.every((part) => part !== null) ? parts.flat() : null

/** A field written anew, on the place of the old one; a comment behind it stays. */
function entryEdit(text: string, pair: YamlPair, value: unknown, indent: string): TextEdit {
  const colon = text.indexOf(':', pair.keyEnd) + 1
  const fresh = yamlEntry('k', value, indent).slice(indent.length + 'k:'.length)
  const end = pair.value.kind === 'unwritten' ? colon : pair.value.end
  return { start: colon, end: Math.max(colon, end), text: fresh }
}

function removal(text: string, pair: YamlPair): TextEdit {
  const start = lineStart(text, pair.start)
  const end = lineEnd(text, pair.value.kind === 'unwritten' ? pair.keyEnd : pair.value.end)
  const ending = /^(\r\n|\n|\r)/.exec(text.slice(end))?.[0].length ?? 0
  // The last line has no ending of its own: it takes that of the line before.
  const before = ending === 0 ? (/(\r\n|\n|\r)$/.exec(text.slice(0, start))?.[0].length ?? 0) : 0
  return { start: start - before, end: end + ending, text: '' }
}

const lineStart = (text: string, at: number): number =>
  Math.max(text.lastIndexOf('\n', at - 1), text.lastIndexOf('\r', at - 1)) + 1

function lineEnd(text: string, from: number): number {
  const rest = /[\r\n]/.exec(text.slice(from))
  return rest ? from + rest.index : text.length
}
