/** A notebook larger than this is no notebook: the reader would wait for the parser. */
const largestFile = 2 * 1024 * 1024

/** True for a file that the page opens as a notebook wherever it is dropped; panels take other files themselves. */
export const isMarkdown = (file: File): boolean => /\.(md|markdown)$/i.test(file.name) || file.type === 'text/markdown'

/**
 * The text of a notebook file.
 * @throws an error in words, if it is too large or is not text
 */
export async function readMarkdown(file: File): Promise<string> {
  if (file.size > largestFile)
    throw new Error(`${file.name} has ${(file.size / 2 ** 20).toFixed(1)} MiB; a notebook may have 2.`)
  const bytes = await file.arrayBuffer()
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Error(`${file.name} is not UTF-8 text; a notebook is a Markdown file.`)
  }
}

/** Hands the text to the person as a file. */
export function saveMarkdown(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/markdown' }))
  const link = Object.assign(document.createElement('a'), { href: address, download: name })
  link.click()
  // The download has its own reference by the next task; the address is not needed after.
  setTimeout(() => URL.revokeObjectURL(address), 0)
}

/** A file name from a title: `Softmax and its rivals` gives `softmax-and-its-rivals.md`. */
export const fileName = (title: string): string =>
  `${
    title
      .toLowerCase()
      .normalize('NFKD')
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'notebook'
  }.md`
