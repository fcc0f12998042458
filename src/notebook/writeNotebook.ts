import type { NotebookDocument, PanelFence } from './document.ts'
import { bodyLines, type BodyLines } from './fence.ts'
import type { Fields } from './fields.ts'
import { applyEdits, yamlEdits, type TextEdit } from './yamlEdit.ts'

/** How one panel's experiment differs from the document. */
export interface FenceChange {
  /** Fields with their new values; `undefined` removes one. */
  readonly changes: Fields
  /** The whole experiment, for a text that cannot be edited in place. */
  readonly fields: Fields
  /** Of the schema that the experiment now obeys. */
  readonly version: number
}

/**
 * The document's text with other experiments. Only what changed is written: all other bytes, of prose and of YAML alike,
 * are the author's.
 * @param changes  by panel id
 */
export function writeNotebook(document: NotebookDocument, changes: ReadonlyMap<string, FenceChange>): string {
  const edits = document.panels.flatMap((panel) => {
    const change = changes.get(panel.id)
    return change && Object.keys(change.changes).length > 0 ? fenceEdits(document.text, panel, change) : []
  })
  return applyEdits(document.text, edits)
}

function fenceEdits(text: string, panel: PanelFence, { changes, fields, version }: FenceChange): TextEdit[] {
  const lines = bodyLines(text, panel.node)
  const edits = yamlEdits(panel.body, changes, fields).map((edit) => inDocument(edit, lines))
  return version === panel.version ? edits : [...edits, versionEdit(text, lines, version)]
}

/** Moves an edit of the body to its place in the document. */
function inDocument({ start, end, text }: TextEdit, lines: BodyLines): TextEdit {
  const inserted = text.replace(/\r\n|\n|\r/g, lines.ending + lines.prefix)
  if (lines.ends.length === 0)
    return { start: lines.headerEnd, end: lines.headerEnd, text: lines.ending + lines.prefix + inserted }
  return { start: placeOf(start, lines), end: placeOf(end, lines), text: inserted }
}

/** The offset in the document of an offset in the body, counted from the end of its line: containers add only in front. */
function placeOf(offset: number, { text, ends }: BodyLines): number {
  const before = text.slice(0, offset).split(/\r\n|\n|\r/)
  const rest = /^[^\r\n]*/.exec(text.slice(offset))?.[0].length ?? 0
  return (ends[before.length - 1] ?? 0) - rest
}

function versionEdit(text: string, { headerEnd }: BodyLines, version: number): TextEdit {
  const header = text.slice(0, headerEnd)
  const written = /\bversion=\d+/.exec(header.slice(Math.max(header.lastIndexOf('\n'), header.lastIndexOf('\r')) + 1))
  if (!written) {
    const end = header.trimEnd().length
    return { start: end, end, text: ` version=${version}` }
  }
  const start = header.lastIndexOf(written[0])
  return { start, end: start + written[0].length, text: `version=${version}` }
}
