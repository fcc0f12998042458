import type { Nodes } from 'mdast'
import { documentOf, type NotebookDocument, type NotebookTree } from './document.ts'
import { isPanelFence } from './fence.ts'
import type { Fields } from './fields.ts'
import { parseMarkdown } from './markdown.ts'
import { parseFields, parseYaml } from './yaml.ts'

const frontMatterBlock = /^\ufeff?---[ \t]*(?:\r\n|\n|\r)([\s\S]*?)(?<=\r|\n)---[ \t]*(?=\r|\n|$)/

/** Reads a notebook. Any text is one: what is not understood stays as it is. */
export const parseNotebook = (text: string): NotebookDocument => documentOf(parseTree(text))

/** The same, as it is written beside a built-in notebook. */
export function parseTree(text: string): NotebookTree {
  const { frontMatter, length } = readFrontMatter(text)
  // Blanks instead of the front matter keep every offset of the tree an offset of the text.
  const blanked = text.slice(0, length).replace(/[^\r\n]/g, ' ') + text.slice(length)
  // The parser leaves a byte order mark out of its count.
  const root = parseMarkdown(blanked.replace(/^\ufeff/, ' '))
  readYaml(root)
  return { text, root, frontMatter }
}

/** Lines between two `---` at the very top count as front matter if they hold fields; else they are prose. */
function readFrontMatter(text: string): { frontMatter: Fields; length: number } {
  const block = frontMatterBlock.exec(text)
  const parsed = block && parseFields(block[1] ?? '')
  if (!parsed || 'problem' in parsed || Object.keys(parsed.value).length === 0) return { frontMatter: {}, length: 0 }
  return { frontMatter: parsed.value, length: block[0].length }
}

/** Puts what the YAML in a tree says beside it, as data of its node. */
function readYaml(node: Nodes): void {
  if (node.type === 'code' && isPanelFence(node)) node.data = { ...node.data, fields: parseFields(node.value) }
  if (node.type === 'textDirective' && node.name === 'apply') {
    const attributes = Object.entries(node.attributes ?? {})
    const values = Object.fromEntries(attributes.map(([name, written]) => [name, parseYaml(written ?? '')]))
    node.data = { ...node.data, values }
  }
  if ('children' in node) node.children.forEach(readYaml)
}
