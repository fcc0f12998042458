import type { AnyPanel } from '../panels/contract.ts'
import type { NotebookDocument } from './document.ts'
import { createHistory } from './history.ts'
import { createInstance, type PanelInstance, type SavedPanel } from './instance.ts'
import type { Surroundings } from './surroundings.ts'

/** A notebook that is open: its document, and each panel's experiment as it is now. */
export interface Notebook {
  readonly document: NotebookDocument
  /** In the order of the document. */
  readonly panels: readonly PanelInstance[]
  readonly panel: (id: string) => PanelInstance | undefined
  /** What a link held and this notebook could not use, in words. */
  readonly notices: readonly string[]
  readonly surroundings: Surroundings
  /** Undoes the newest step of all panels. */
  readonly undo: () => void
  readonly redo: () => void
  readonly canUndo: () => boolean
  readonly canRedo: () => boolean
  /** True where some experiment is not the document's. */
  readonly dirty: () => boolean
  /** What a link must hold besides the document: the panels whose experiments are not the document's. */
  readonly saved: () => SavedPanel[]
  /** The document's text with the experiments as they are now. */
  readonly text: () => Promise<string>
  /** Calls back whenever an experiment changes. */
  readonly subscribe: (listener: () => void) => () => void
  /** Ends all runs. */
  readonly dispose: () => void
}

export interface NotebookOptions {
  readonly surroundings: Surroundings
  /** Experiments from a link. */
  readonly saved?: readonly SavedPanel[]
  /** The panel types that its fences may name. */
  readonly panels: readonly AnyPanel[]
}

/** Opens a notebook. Never throws on what a text or a link says: it becomes a message at its place. */
export function createNotebook(document: NotebookDocument, options: NotebookOptions): Notebook {
  const { surroundings, saved = [], panels: types } = options
  const history = createHistory()
  const listeners = new Set<() => void>()
  const tell = () => listeners.forEach((listener) => listener())

  const panels = document.panels.map((fence) =>
    createInstance({
      fence,
      panels: types,
      surroundings,
      saved: saved.find(({ id, type }) => id === fence.id && type === fence.type),
      onLive({ experiments }) {
        history.attach(experiments)
        experiments.subscribe((now, before) => now.experiment !== before.experiment && tell())
        tell()
      },
    }),
  )

  return {
    document,
    panels,
    panel: (id) => panels.find((panel) => panel.id === id),
    notices: unusedNotices(saved, document),
    surroundings,
    ...history,
    dirty: () => panels.some((panel) => panel.change() !== null),
    saved: () => panels.flatMap((panel) => panel.saved() ?? []),
    async text() {
      const changes = panels.flatMap((panel) => {
        const change = panel.change()
        return change ? [[panel.id, change] as const] : []
      })
      if (changes.length === 0) return document.text
      const { writeNotebook } = await import('./writeNotebook.ts')
      return writeNotebook(document, new Map(changes))
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    dispose: () => panels.forEach((panel) => panel.getState().live?.runner.dispose()),
  }
}

function unusedNotices(saved: readonly SavedPanel[], document: NotebookDocument): string[] {
  return saved.flatMap(({ id, type }) => {
    const fence = document.panels.find((panel) => panel.id === id)
    if (!fence) return [`The link changes the panel #${id}, which this notebook does not have.`]
    return fence.type === type ? [] : [`The link holds #${id} as “${type}”; in this notebook it is “${fence.type}”.`]
  })
}
