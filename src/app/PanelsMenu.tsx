import { panelById, panels } from '../panels/index.ts'
import { MenuEntry } from './MenuEntry.tsx'
import type { PanelSection } from './panelSections.ts'

export interface PanelsMenuProps {
  /** The panels of this notebook, in its order. */
  readonly here: readonly PanelSection[]
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
        {here.map(({ id, type, section }) => (
          <MenuEntry
            key={id}
            label={section || id}
            about={`${panelById(type)?.title ?? type} #${id}`}
            onChoose={closeAnd(() => onJump(id))}
          />
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
