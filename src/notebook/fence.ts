import type { Code } from 'mdast'

/** What stands after the three backticks of a panel: `softscope activations #bars version=2`. */
export interface FenceHeader {
  /** Panel type; empty where none is named. */
  readonly type: string
  /** Null where none is given. */
  readonly id: string | null
  /** Of the experiment's schema; 1 where none is given. */
  readonly version: number
  /** Words that mean nothing here. */
  readonly unknown: readonly string[]
}

export const isPanelFence = (node: Code): boolean => node.lang === 'softscope'

const idWord = /^#([A-Za-z][\w-]*)$/
const versionWord = /^version=([1-9]\d{0,3})$/

export function parseFenceHeader(meta: string | null | undefined): FenceHeader {
  const words = (meta ?? '').split(/\s+/).filter((word) => word !== '')
  const type = words[0] !== undefined && /^[A-Za-z]/.test(words[0]) && !words[0].includes('=') ? words[0] : ''
  let id: string | null = null
  let version = 1
  const unknown: string[] = []
  for (const word of type === '' ? words : words.slice(1)) {
    const named = idWord.exec(word)
    const versioned = versionWord.exec(word)
    if (named?.[1] !== undefined && id === null) id = named[1]
    else if (versioned?.[1] !== undefined) version = Number(versioned[1])
    else unknown.push(word)
  }
  return { type, id, version, unknown }
}

/** Where a fence's body lies in the document, line by line: containers (lists, quotes) put text before each line. */
export interface BodyLines {
  /** The body as Markdown gives it, with each line's own ending. */
  readonly text: string
  /** For each line of the body: its end in the document, without the line's ending. */
  readonly ends: readonly number[]
  /** End of the opening line in the document, without its ending. */
  readonly headerEnd: number
  /** What a new line of the body starts with, so that it stays inside its containers. */
  readonly prefix: string
  /** Line ending of the fence. */
  readonly ending: string
}

export function bodyLines(document: string, node: Code): BodyLines {
  const start = node.position?.start.offset ?? 0
  const lineStart = Math.max(document.lastIndexOf('\n', start - 1), document.lastIndexOf('\r', start - 1)) + 1
  const headerEnd = endOfLine(document, start)
  const ending = endingAt(document, headerEnd) || (/\r\n|\n|\r/.exec(document)?.[0] ?? '\n')
  const ends: number[] = []
  let end = headerEnd
  // An empty body and a body of one blank line look the same; a new line then goes right below the header.
  const count = node.value === '' ? 0 : node.value.split(/\r\n|\n|\r/).length
  for (let line = 0; line < count; line++) {
    end = endOfLine(document, end + endingAt(document, end).length)
    ends.push(end)
  }
  // A list's bullet belongs to its first line only; a quote's > to all of them.
  const prefix = document.slice(lineStart, start).replace(/[^>\s]/g, ' ')
  return { text: node.value, ends, headerEnd, prefix, ending }
}

function endOfLine(text: string, from: number): number {
  let at = from
  while (at < text.length && text[at] !== '\n' && text[at] !== '\r') at++
  return at
}

function endingAt(text: string, at: number): string {
  if (text[at] === '\r') return text[at + 1] === '\n' ? '\r\n' : '\r'
  return text[at] === '\n' ? '\n' : ''
}
