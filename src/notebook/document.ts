import type { Code, Nodes, Root } from 'mdast'
import { isPanelFence, parseFenceHeader } from './fence.ts'
import { parseMarkdown } from './markdown.ts'
import { parseFields, type Fields } from './yaml.ts'

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
  /** What a reader should know: no id, an id that was taken, words that mean nothing. */
  readonly notices: readonly string[]
}

/** A notebook's text and what it holds. Immutable; {@link writeNotebook} gives the text with other experiments. */
export interface NotebookDocument {
  readonly text: string
  readonly root: Root
  /** The first heading, or the front matter's `title`, or `Untitled`. */
  readonly title: string
  readonly frontMatter: Fields
  readonly panels: readonly PanelFence[]
}

const frontMatterBlock = /^\ufeff?---[ \t]*(?:\r\n|\n|\r)([\s\S]*?)(?<=\r|\n)---[ \t]*(?=\r|\n|$)/

/** Reads a notebook. Any text is one: what is not understood stays as it is. */
export function parseNotebook(text: string): NotebookDocument {
  const { frontMatter, length } = readFrontMatter(text)
  // Blanks instead of the front matter keep every offset of the tree an offset of the text.
  const blanked = text.slice(0, length).replace(/[^\r\n]/g, ' ') + text.slice(length)
  // The parser leaves a byte order mark out of its count.
  const root = parseMarkdown(blanked.replace(/^\ufeff/, ' '))
  return { text, root, frontMatter, title: titleOf(root, frontMatter), panels: nameFences(fencesIn(root)) }
}

/** Lines between two `---` at the very top count as front matter if they hold fields; else they are prose. */
function readFrontMatter(text: string): { frontMatter: Fields; length: number } {
  const block = frontMatterBlock.exec(text)
  const parsed = block && parseFields(block[1] ?? '')
  if (!parsed || 'problem' in parsed || Object.keys(parsed.value).length === 0) return { frontMatter: {}, length: 0 }
  return { frontMatter: parsed.value, length: block[0].length }
}

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
    return { node, line, type, id, version, body: node.value, notices }
  })
}

function free(stem: string, first: number, taken: (name: string) => boolean): string {
  let number = first
  while (taken(`${stem}-${number}`)) number++
  return `${stem}-${number}`
}
