import type { NotebookDocument } from './document.ts'

/** Reads a notebook. The parser is loaded with the first text: the notebooks that come with the page are read already. */
export const parseText = async (text: string): Promise<NotebookDocument> =>
  (await import('./parseNotebook.ts')).parseNotebook(text)
