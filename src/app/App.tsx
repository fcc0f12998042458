import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { NotebookView } from '../notebook/view/NotebookView.tsx'
import type { PageEngine } from './EngineChoice.tsx'
import { Footer } from './Footer.tsx'
import { Header } from './Header.tsx'
import { fileName, readMarkdown, saveMarkdown } from './markdownFile.ts'
import { Notices } from './Notices.tsx'
import { openEditor, type Editor } from './openEditor.ts'
import { jumpToPanel, withPanel } from './panelPlaces.ts'
import { panelSections } from './panelSections.ts'
import type { Session } from './session.ts'
import { openShare, type Share } from './openShare.ts'
import { useFileDrop } from './useFileDrop.ts'
import { usePrintKey } from './usePrintKey.ts'
import { useUndoKeys } from './useUndoKeys.ts'

export interface AppProps {
  readonly session: Session
  readonly engine: PageEngine
}

/** The page: a header, one notebook, a footer; and what is dropped or typed anywhere on it. */
export function App({ session, engine }: AppProps) {
  const { notebook, builtIn, notices, canUndo, canRedo } = useSyncExternalStore(session.subscribe, session.getState)
  const [shared, setShared] = useState<Share | null>(null)
  const [editor, setEditor] = useState<Editor | null>(null)
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
  const hovering = useFileDrop(
    openFile,
    useCallback(
      ({ name }: File) =>
        session.notify(`${name} is no notebook (.md), so nothing was opened. Drop a file of numbers on a panel.`),
      [session],
    ),
  )
  useUndoKeys(session.undo, session.redo)
  usePrintKey()
  const title = notebook?.document.title
  useEffect(() => {
    if (title !== undefined) document.title = `${title} · softscope`
  }, [title])

  if (!notebook) return <p className="page waiting">Opening the notebook …</p>
  /** Does what needs the notebook's text, whose writer is loaded first. */
  const withText = (use: (text: string) => void) => () =>
    void notebook.text().then(use, (error: Error) => session.notify(error.message))
  const insert = async (text: string) => {
    await session.openText(text)
    const added = session.getState().notebook?.panels.at(-1)
    // When it is on the page.
    if (added) requestAnimationFrame(() => jumpToPanel(added.id))
  }
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
        onShare={() =>
          void openShare(session, notebook).then(setShared, (error: Error) => session.notify(error.message))
        }
        notebooks={{
          open: builtIn,
          onFile: openFile,
          onSave: withText((text) => saveMarkdown(fileName(notebook.document.title), text)),
          onEdit: () => void openEditor(notebook).then(setEditor, (error: Error) => session.notify(error.message)),
        }}
        panels={{
          here: panelSections(notebook),
          onJump: jumpToPanel,
          onInsert: (type) => withText((text) => void insert(withPanel(text, type)))(),
        }}
      />
      <Notices notices={notices} onDismiss={session.dismissNotices} />
      <main ref={main} tabIndex={-1}>
        <NotebookView key={notebook.document.text} notebook={notebook} />
      </main>
      <Footer engine={engine} />
      {shared && <shared.Dialog {...shared.props} onClose={() => setShared(null)} />}
      {editor && (
        <editor.Dialog
          draft={draft ?? editor.applied}
          applied={editor.applied}
          problemsOf={editor.problemsOf}
          onDraft={(next) => setDraft(next === editor.applied ? null : next)}
          onApply={(next) => {
            setDraft(null)
            void session.openText(next)
          }}
          onClose={() => setEditor(null)}
        />
      )}
      {hovering && <div className="drop-hint">Drop a notebook (.md) to open it, or numbers on a panel</div>}
    </div>
  )
}
