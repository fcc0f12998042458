import { createStore, type StoreApi } from 'zustand/vanilla'
import { documentOf, type NotebookDocument } from '../notebook/document.ts'
import type { DecodedLink, LinkState } from '../notebook/fragment.ts'
import type { SavedPanel } from '../notebook/instance.ts'
import { createNotebook, type Notebook } from '../notebook/notebook.ts'
import { parseText } from '../notebook/parseText.ts'
import type { Surroundings } from '../notebook/surroundings.ts'
import { pageOf } from '../notebook/view/pageOf.ts'
import { fetchNotebook } from '../embed/fetchNotebook.ts'
import { panelsFor } from '../panels/panelsFor.ts'
import { builtInById, builtIns } from './builtIns.ts'

type Origin = NonNullable<LinkState['notebook']>

/** A notebook as it was opened, or as its text was last edited. */
interface Version {
  readonly origin: Origin
  readonly notebook: Notebook
}

interface SessionState {
  /** Null until the first notebook is there. */
  readonly notebook: Notebook | null
  /** Id of the built-in notebook that is open as it came; null for any other. */
  readonly builtIn: string | null
  /** What a link or a file dropped or could not do, in sentences. */
  readonly notices: readonly string[]
  readonly canUndo: boolean
  readonly canRedo: boolean
}

/** The page's one open notebook, its text's history, and the link that holds it all. */
export interface Session extends Pick<StoreApi<SessionState>, 'getState' | 'subscribe'> {
  /**
   * Opens what an address's fragment names; an empty one names the first built-in notebook.
   * @returns false where the fragment names none (it may be the name of a heading): nothing changed then
   */
  readonly open: (hash: string) => Promise<boolean>
  /** Opens a text in the place of the notebook, edited or another one, as a step that can be undone. Never rejects. */
  readonly openText: (text: string) => Promise<void>
  readonly undo: () => void
  readonly redo: () => void
  /** The fragment that opens the page as it is now. */
  readonly fragment: () => Promise<string>
  readonly notify: (notice: string) => void
  readonly dismissNotices: () => void
}

const first = builtIns[0]!

/** What the page shows where a notebook cannot be had; it needs nothing that could fail to load. */
const nothingToShow = documentOf({
  text: '# Nothing to show\n\nThe notebook could not be opened. Reload the page, or open a file.\n',
  root: {
    type: 'root',
    children: [
      { type: 'heading', depth: 1, children: [{ type: 'text', value: 'Nothing to show' }] },
      {
        type: 'paragraph',
        children: [{ type: 'text', value: 'The notebook could not be opened. Reload the page, or open a file.' }],
      },
    ],
  },
  frontMatter: {},
})

/** The notebook that a link names; where it cannot be had, the nearest thing to it, and why. */
async function documentFor(
  wanted: Origin,
  fetch: typeof fetchNotebook,
): Promise<{ origin: Origin; document: NotebookDocument; notices: string[] }> {
  const notices: string[] = []
  let origin = wanted
  if ('builtIn' in wanted && !builtInById(wanted.builtIn)) {
    notices.push(`This page has no notebook “${wanted.builtIn}”. Here is “${first.title}” instead.`)
    origin = { builtIn: first.id }
  }
  try {
    const document = await ('text' in origin ? parseText(origin.text) : fetch(origin.builtIn))
    return { origin, document, notices }
  } catch (error) {
    return { origin, document: nothingToShow, notices: [...notices, messageOf(error)] }
  }
}

/** What a link's fragment holds; null for a bare name, which most addresses are: it needs no reader. */
async function linkIn(hash: string): Promise<DecodedLink | null> {
  if (!/[.%]/.test(hash)) return null
  return (await import('../notebook/fragment.ts')).decodeFragment(hash)
}

/** Why the first notebook opens for an address that names nothing of this page; none if the name is of a part of it. */
function strangeName(hash: string, notebook: Notebook): string[] {
  const name = hash.replace(/^#/, '')
  if (notebook.panel(name) || [...pageOf(notebook).headingIds.values()].includes(name)) return []
  const there = builtIns.map(({ id }) => `#${id}`).join(', ')
  return [`This page has no notebook “${name}”; it has ${there}. Here is “${first.title}” instead.`]
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

export function createSession(surroundings: Surroundings, fetch: typeof fetchNotebook = fetchNotebook): Session {
  const store = createStore<SessionState>(() => ({
    notebook: null,
    builtIn: null,
    notices: [],
    canUndo: false,
    canRedo: false,
  }))
  let versions: readonly Version[] = []
  let at = -1
  let newest = 0
  let unfollow = () => {}

  const notify = (notice: string) => store.setState(({ notices }) => ({ notices: [...new Set([...notices, notice])] }))

  function show(notices?: readonly string[]): void {
    const version = versions[at]
    if (!version) return
    const { notebook, origin } = version
    store.setState({
      notebook,
      builtIn: 'builtIn' in origin ? origin.builtIn : null,
      canUndo: notebook.canUndo() || at > 0,
      canRedo: notebook.canRedo() || at < versions.length - 1,
      ...(notices && { notices }),
    })
  }

  function goTo(index: number, notices?: readonly string[]): void {
    at = index
    unfollow()
    unfollow = versions[at]?.notebook.subscribe(() => show()) ?? unfollow
    show(notices)
  }

  async function versionOf(
    origin: Origin,
    document: NotebookDocument,
    saved: readonly SavedPanel[] = [],
  ): Promise<Version> {
    const panels = await panelsFor(document.panels.map(({ type }) => type))
    return { origin, notebook: createNotebook(document, { surroundings, saved, panels }) }
  }

  /** Puts versions in the place of those from `index` on, whose runs end. */
  function replaceFrom(index: number, version: Version, notices: readonly string[] = []): void {
    for (const dropped of versions.slice(index)) dropped.notebook.dispose()
    versions = [...versions.slice(0, index), version]
    goTo(index, [...new Set([...notices, ...version.notebook.notices])])
  }

  return {
    getState: store.getState,
    subscribe: store.subscribe,
    async open(hash) {
      const ticket = ++newest
      const link = await linkIn(hash)
      const named = builtInById(hash.replace(/^#/, ''))
      // Before anything is open, the name of a heading opens the first notebook, which may have it.
      if (!link && !named && hash.length > 1 && versions.length > 0) return false
      const wanted = link?.notebook ?? { builtIn: (named ?? first).id }
      const { origin, document, notices } = await documentFor(wanted, fetch)
      const version = await versionOf(origin, document, link?.panels)
      if (ticket !== newest) {
        version.notebook.dispose()
        return true
      }
      const strange = !link && !named && hash.length > 1 ? strangeName(hash, version.notebook) : []
      replaceFrom(0, version, [...(link?.notices ?? []), ...notices, ...strange])
      return true
    },
    async openText(text) {
      const ticket = ++newest
      try {
        const document = await parseText(text)
        const version = await versionOf({ text }, document)
        if (ticket === newest) replaceFrom(at + 1, version)
        else version.notebook.dispose()
      } catch (error) {
        notify(messageOf(error))
      }
    },
    undo() {
      const { notebook } = store.getState()
      if (notebook?.canUndo()) notebook.undo()
      else if (at > 0) goTo(at - 1)
    },
    redo() {
      const { notebook } = store.getState()
      if (notebook?.canRedo()) notebook.redo()
      else if (at < versions.length - 1) goTo(at + 1)
    },
    async fragment() {
      const version = versions[at]
      if (!version) return ''
      const panels = version.notebook.saved()
      if ('builtIn' in version.origin && panels.length === 0) return `#${version.origin.builtIn}`
      const { encodeFragment } = await import('../notebook/fragment.ts')
      return encodeFragment({ notebook: version.origin, panels, theme: null })
    },
    notify,
    dismissNotices: () => store.setState({ notices: [] }),
  }
}
