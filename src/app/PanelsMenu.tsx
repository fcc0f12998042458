import { panelById, panels } from '../panels/index.ts'
import { MenuEntry } from './MenuEntry.tsx'

export interface PanelsMenuProps {
  /** The panels of this notebook, in its order. */
  readonly here: readonly { readonly id: string; readonly type: string }[]
  readonly onJump: (id: string) => void
  /** Adds a panel of this type, with its defaults, at the end of the notebook. */
  readonly onInsert: (type: string) => void
  readonly close: () => void
}

/** Where the panels of this notebook are, and which others could be added. */
export function PanelsMenu({ here, onJump, onInsert, close }: PanelsMenuProps) {
  const closeAnd = (act: () => void) => () => {
    close()
    act()
  }
  return (
    <>
      <h2>In this notebook</h2>
      {here.length === 0 && <p>None yet.</p>}
      <ul>
        {here.map(({ id, type }) => (
          <MenuEntry key={id} label={id} about={panelById(type)?.title ?? type} onChoose={closeAnd(() => onJump(id))} />
        ))}
      </ul>
      <h2>Add at the end</h2>
      <ul>
        {panels.map(({ id, title, summary }) => (
          <MenuEntry key={id} label={title} about={summary} onChoose={closeAnd(() => onInsert(id))} />
        ))}
      </ul>
    </>
  )
}
