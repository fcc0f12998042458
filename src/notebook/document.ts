import type { Code, Nodes, Root } from 'mdast'
import { isPanelFence, parseFenceHeader } from './fence.ts'
import type { Fields } from './fields.ts'
import type { YamlResult } from './yaml.ts'

declare module 'mdast' {
  interface CodeData {
    /** What a panel's fence holds. */
    fields?: YamlResult<Fields>
  }
}

declare module 'mdast-util-directive' {
  interface TextDirectiveData {
    /** What the attributes of an `:apply` hold, by their names. */
    values?: Readonly<Record<string, YamlResult<unknown>>>
  }
}

/** One panel of a document, as its author wrote it. */
export interface PanelFence {
  readonly node: Code
  /** Line of the opening fence, from 1. */
  readonly line: number
  /** Panel type; empty where none is named. */
  readonly type: string
  /** As written, or given: `activations-1`. Unique in the document. */
  readonly id: string
  /** Of the experiment's schema. */
  readonly version: number
  /** The experiment in YAML. */
  readonly body: string
  /** The body's fields, or why it cannot be read. */
  readonly written: YamlResult<Fields>
  /** What a reader should know: no id, an id that was taken, words that mean nothing. */
  readonly notices: readonly string[]
}

/** A notebook's text, read: plain data, so that a built-in notebook can come to the page in this form. */
export interface NotebookTree {
  readonly text: string
  /** Positions are offsets in `text`; all YAML in it is read, and is data of its nodes. */
  readonly root: Root
  readonly frontMatter: Fields
}

/** A notebook's text and what it holds. Immutable; `writeNotebook` gives the text with other experiments. */
export interface NotebookDocument extends NotebookTree {
  /** The first heading, or the front matter's `title`, or `Untitled`. */
  readonly title: string
  readonly panels: readonly PanelFence[]
}

/** The document of a tree: its title, and its panels by name. */
export function documentOf({ text, root, frontMatter }: NotebookTree): NotebookDocument {
  return { text, root, frontMatter, title: titleOf(root, frontMatter), panels: nameFences(fencesIn(root)) }
}

/** A document of one panel of another document, under the name that it has there. */
export const documentOfPanel = (document: NotebookDocument, panel: PanelFence): NotebookDocument => ({
  ...document,
  root: { type: 'root', children: [panel.node] },
  panels: [{ ...panel, notices: [] }],
})

function titleOf(root: Root, frontMatter: Fields): string {
  if (typeof frontMatter['title'] === 'string') return frontMatter['title']
  const heading = root.children.find((node) => node.type === 'heading')
  const words = heading ? plainText(heading).trim() : ''
  return words === '' ? 'Untitled' : words
}

/** The words of a node, without their marks. */
export function plainText(node: Nodes): string {
  if ('children' in node) return node.children.map(plainText).join('')
  return 'value' in node && node.type !== 'html' ? node.value : ''
}

function fencesIn(node: Nodes): Code[] {
  if (node.type === 'code') return isPanelFence(node) ? [node] : []
  return 'children' in node ? node.children.flatMap(fencesIn) : []
}

/** Gives every panel an id of its own; written ids come first, so that a given one never takes their place. */
function nameFences(nodes: readonly Code[]): PanelFence[] {
  const headers = nodes.map((node) => ({ node, line: node.position?.start.line ?? 1, ...parseFenceHeader(node.meta) }))
  const written = new Set(headers.map(({ id }) => id))
  const firstLine = new Map<string, number>()
  return headers.map(({ node, line, type, id: wanted, version, unknown }) => {
    const notices = unknown.map((word) => `The word “${word}” after the fence means nothing here.`)
    let id = wanted
    if (id === null) {
      id = free(type === '' ? 'panel' : type, 1, (name) => written.has(name) || firstLine.has(name))
    } else if (firstLine.has(id)) {
      const taken = id
      id = free(taken, 2, (name) => written.has(name) || firstLine.has(name))
      notices.push(
        `The id #${taken} belongs to the panel at line ${firstLine.get(taken)}; this one is called #${id} here. Give it an id of its own.`,
      )
    }
    firstLine.set(id, line)
    const fields = node.data?.fields
    if (!fields) throw new Error(`documentOf: the panel #${id} at line ${line} was not read`)
    return { node, line, type, id, version, body: node.value, written: fields, notices }
  })
}

function free(stem: string, first: number, taken: (name: string) => boolean): string {
  let number = first
  while (taken(`${stem}-${number}`)) number++
  return `${stem}-${number}`
}
