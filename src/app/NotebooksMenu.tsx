import { useRef } from 'react'
import { builtIns } from './builtIns.ts'
import { MenuEntry } from './MenuEntry.tsx'

export interface NotebooksMenuProps {
  /** Id of the built-in notebook that is open, or null. */
  readonly open: string | null
  readonly onFile: (file: File) => void
  readonly onSave: () => void
  readonly onEdit: () => void
  readonly close: () => void
}

/** The notebooks that come with the page, and what one can do with the one that is open. */
export function NotebooksMenu({ open, onFile, onSave, onEdit, close }: NotebooksMenuProps) {
  const input = useRef<HTMLInputElement>(null)
  const closeAnd = (act: () => void) => () => {
    close()
    act()
  }
  const pick = () => {
    close()
    input.current?.click()
  }
  return (
    <>
      <h2>Notebooks</h2>
      <ul>
        {builtIns.map(({ id, title, summary }) => (
          <MenuEntry key={id} label={title} about={summary} href={`#${id}`} current={open === id} onChoose={close} />
        ))}
      </ul>
      <h2>This notebook</h2>
      <ul>
        <MenuEntry label="Edit the text" about="Prose, formulas and panels, as Markdown." onChoose={closeAnd(onEdit)} />
        <MenuEntry
          label="Save as a file"
          about="Markdown, with the panels as they are now."
          onChoose={closeAnd(onSave)}
        />
        <MenuEntry label="Open a file" about="A notebook in Markdown. Or drop one on the page." onChoose={pick} />
      </ul>
      <input
        ref={input}
        type="file"
        hidden
        accept=".md,.markdown,text/markdown"
        aria-label="Notebook file"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0]
          // The same file must be able to come twice.
          event.currentTarget.value = ''
          if (file) onFile(file)
        }}
      />
    </>
  )
}
