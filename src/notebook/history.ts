import type { ExperimentStore } from '../panels/experimentStore.ts'

type Store = ExperimentStore<Record<string, unknown>>

/** Undo across panels: the newest step first, whichever panel it was in. */
export interface History {
  /** Follows a panel's store; its own undo and redo keep this order right. */
  readonly attach: (store: Store) => void
  readonly undo: () => void
  readonly redo: () => void
  readonly canUndo: () => boolean
  readonly canRedo: () => boolean
}

export function createHistory(): History {
  const done: Store[] = []
  const undone: Store[] = []

  /** Moves a panel's newest step from one list to the other. */
  function move(store: Store, from: Store[], to: Store[]): void {
    const at = from.lastIndexOf(store)
    if (at >= 0) from.splice(at, 1)
    to.push(store)
  }

  const last = (list: readonly Store[], key: 'past' | 'future') =>
    list.findLast((store) => store.getState()[key].length > 0)

  return {
    attach(store) {
      store.subscribe((now, before) => {
        if (now.experiment === before.experiment) return
        if (now.lastChange === 'undo') move(store, done, undone)
        else if (now.lastChange === 'redo') move(store, undone, done)
        else if (now.lastChange === 'edit') {
          done.push(store)
          undone.length = 0
        }
      })
    },
    undo: () => last(done, 'past')?.undo(),
    redo: () => last(undone, 'future')?.redo(),
    canUndo: () => last(done, 'past') !== undefined,
    canRedo: () => last(undone, 'future') !== undefined,
  }
}
