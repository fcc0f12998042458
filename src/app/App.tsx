import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { NotebookView } from '../notebook/view/NotebookView.tsx'
import { EditDialog } from './EditDialog.tsx'
import type { PageEngine } from './EngineChoice.tsx'
import { Footer } from './Footer.tsx'
import { Header } from './Header.tsx'
import { fileName, readMarkdown, saveMarkdown } from './markdownFile.ts'
import { Notices } from './Notices.tsx'
import { jumpToPanel, withPanel } from './panelPlaces.ts'
import { panelSections } from './panelSections.ts'
import { problemsIn, type Session } from './session.ts'
import { ShareDialog, type ShareDialogProps } from './ShareDialog.tsx'
import { shareables } from './shareables.ts'
import { useFileDrop } from './useFileDrop.ts'
import { useUndoKeys } from './useUndoKeys.ts'

export interface AppProps {
  readonly session: Session
  readonly engine: PageEngine
}

/** The page: a header, one notebook, a footer; and what is dropped or typed anywhere on it. */
export function App({ session, engine }: AppProps) {
  const { notebook, builtIn, notices, canUndo, canRedo } = useSyncExternalStore(session.subscribe, session.getState)
  const [shared, setShared] = useState<Omit<ShareDialogProps, 'onClose'> | null>(null)
  const [editing, setEditing] = useState(false)
  const main = useRef<HTMLElement>(null)
  const [draft, setDraft] = useState<string | null>(null)

  const openFile = useCallback(
    (file: File) =>
      void readMarkdown(file).then(
        (text) => session.openText(text),
        (error: Error) => session.notify(error.message),
      ),
    [session],
  )
  const hovering = useFileDrop(openFile)
  useUndoKeys(session.undo, session.redo)
  const title = notebook?.document.title
  useEffect(() => {
    if (title !== undefined) document.title = `${title} · softscope`
  }, [title])

  if (!notebook) return <p className="page waiting">Opening the notebook …</p>
  const text = notebook.text()
  return (
    <div className="page">
      <button type="button" className="skip-link" onClick={() => main.current?.focus()}>
        Skip to the notebook
      </button>
      <Header
        engine={engine}
        canUndo={canUndo}
        canRedo={canRedo}
        onUndo={session.undo}
        onRedo={session.redo}
        onShare={() => void shareables(session, notebook).then(setShared)}
        notebooks={{
          open: builtIn,
          onFile: openFile,
          onSave: () => saveMarkdown(fileName(notebook.document.title), notebook.text()),
          onEdit: () => setEditing(true),
        }}
        panels={{
          here: panelSections(notebook),
          onJump: jumpToPanel,
          onInsert: (type) => session.openText(withPanel(notebook.text(), type)),
        }}
      />
      <Notices notices={notices} onDismiss={session.dismissNotices} />
      <main ref={main} tabIndex={-1}>
        <NotebookView key={notebook.document.text} notebook={notebook} />
      </main>
      <Footer engine={engine} />
      {shared && <ShareDialog {...shared} onClose={() => setShared(null)} />}
      {editing && (
        <EditDialog
          draft={draft ?? text}
          applied={text}
          problemsOf={(each) => problemsIn(each, notebook.surroundings)}
          onDraft={(next) => setDraft(next === text ? null : next)}
          onApply={(next) => {
            setDraft(null)
            session.openText(next)
          }}
          onClose={() => setEditing(false)}
        />
      )}
      {hovering && <div className="drop-hint">Drop a notebook (.md) to open it</div>}
    </div>
  )
}
