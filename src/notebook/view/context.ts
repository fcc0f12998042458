import type { Definition, Heading } from 'mdast'
import { createContext, useContext } from 'react'
import type { Notebook } from '../notebook.ts'

/** What the parts of a notebook's page share. */
export interface Page {
  readonly notebook: Notebook
  /** Targets of reference links, by identifier. */
  readonly definitions: ReadonlyMap<string, Definition>
  readonly headingIds: ReadonlyMap<Heading, string>
}

export const PageContext = createContext<Page | null>(null)

export function usePage(): Page {
  const page = useContext(PageContext)
  if (!page) throw new Error('usePage: a part of a notebook must be inside <NotebookView>')
  return page
}
