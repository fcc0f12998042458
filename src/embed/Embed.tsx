import { useEffect, useRef } from 'react'
import type { Notebook } from '../notebook/notebook.ts'
import { NotebookView } from '../notebook/view/NotebookView.tsx'
import { reportHeight } from './reportHeight.ts'

export interface EmbedProps {
  /** Holds one panel, or none. */
  readonly notebook: Notebook
  /** The panel's id, for the page around the frame. */
  readonly id: string
  /** What the address held that could not be used, in sentences. */
  readonly notices: readonly string[]
}

/** One panel and nothing else, as wide as its frame; its height is told to the page around it. */
export function Embed({ notebook, id, notices }: EmbedProps) {
  const root = useRef<HTMLElement>(null)
  useEffect(() => reportHeight(root.current!, id, (message) => window.parent.postMessage(message, '*')), [id])
  return (
    <main ref={root} className="embed">
      {notices.length > 0 && (
        <ul className="embed-notices">
          {notices.map((notice) => (
            <li key={notice}>{notice}</li>
          ))}
        </ul>
      )}
      <NotebookView notebook={notebook} />
    </main>
  )
}
