import { lazy, Suspense } from 'react'
import { EngineChoice, type PageEngine } from './EngineChoice.tsx'
import { builtIns } from './builtIns.ts'
import { Menu } from './Menu.tsx'
import { MenuEntry } from './MenuEntry.tsx'
import { NotebooksMenu, type NotebooksMenuProps } from './NotebooksMenu.tsx'
import type { PanelsMenuProps } from './PanelsMenu.tsx'
import { ThemeChoice } from './ThemeChoice.tsx'

/** Every panel's experiment comes with it, so it loads when the menu is opened. */
const PanelsMenu = lazy(async () => ({ default: (await import('./PanelsMenu.tsx')).PanelsMenu }))

export interface HeaderProps {
  readonly notebooks: Omit<NotebooksMenuProps, 'close'>
  readonly panels: Omit<PanelsMenuProps, 'close'>
  readonly engine: PageEngine
  readonly canUndo: boolean
  readonly canRedo: boolean
  readonly onUndo: () => void
  readonly onRedo: () => void
  readonly onShare: () => void
}

/** The one bar above the article. On a phone its three menus are one. */
export function Header({ notebooks, panels, engine, canUndo, canRedo, onUndo, onRedo, onShare }: HeaderProps) {
  return (
    <header className="page-header">
      <a className="brand" href={`#${builtIns[0]!.id}`}>
        softscope
      </a>
      <nav className="only-wide" aria-label="Notebooks and panels">
        <Menu label="Notebooks" className="quiet">
          {(close) => <NotebooksMenu {...notebooks} close={close} />}
        </Menu>
        <Menu label="Panels" className="quiet">
          {(close) => (
            <Suspense fallback={<p>Loading …</p>}>
              <PanelsMenu {...panels} close={close} />
            </Suspense>
          )}
        </Menu>
        <a className="bar-button quiet" href="#empty">
          New
        </a>
      </nav>
      <div className="right">
        <button type="button" className="bar-button" disabled={!canUndo} onClick={onUndo} title="Undo (Ctrl+Z)">
          Undo
        </button>
        <button
          type="button"
          className="bar-button only-wide"
          disabled={!canRedo}
          onClick={onRedo}
          title="Redo (Shift+Ctrl+Z)"
        >
          Redo
        </button>
        <button type="button" className="bar-button" onClick={onShare}>
          Share
        </button>
        <Menu label={<span aria-hidden>◐</span>} name="Colours and computing" align="end">
          {() => (
            <>
              <ThemeChoice />
              <EngineChoice engine={engine} />
            </>
          )}
        </Menu>
        <Menu label={<span aria-hidden>☰</span>} name="Menu" align="end" className="only-narrow">
          {(close) => (
            <>
              <NotebooksMenu {...notebooks} close={close} />
              <ul>
                <MenuEntry label="New" about="A blank notebook." href="#empty" onChoose={close} />
                <MenuEntry label="Redo" about="What was undone last." disabled={!canRedo} onChoose={onRedo} />
              </ul>
              <Suspense fallback={<p>Loading …</p>}>
                <PanelsMenu {...panels} close={close} />
              </Suspense>
            </>
          )}
        </Menu>
      </div>
    </header>
  )
}
