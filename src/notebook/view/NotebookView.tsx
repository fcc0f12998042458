import { useMemo } from 'react'
import '../notebook.css'
import '../panel.css'
import type { Notebook } from '../notebook.ts'
import { PageContext } from './context.ts'
import { pageOf } from './pageOf.ts'
import { Prose } from './Prose.tsx'

export interface NotebookViewProps {
  readonly notebook: Notebook
}

/** A notebook as an article: its prose, its panels, and the numbers in the text that come from them. */
export function NotebookView({ notebook }: NotebookViewProps) {
  const page = useMemo(() => pageOf(notebook), [notebook])
  return (
    <PageContext value={page}>
      <article className="notebook">
        <Prose nodes={notebook.document.root.children} />
      </article>
    </PageContext>
  )
}
