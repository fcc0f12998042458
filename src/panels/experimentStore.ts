import { safeParse, type GenericSchema } from 'valibot'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { sameValue } from './sameValue.ts'
import { schemaProblems } from './schemaProblems.ts'

const undoDepth = 200

interface ExperimentState<E> {
  readonly experiment: E
  /** Oldest first. */
  readonly past: readonly E[]
  /** Nearest first. */
  readonly future: readonly E[]
  /** Why the last edit was refused, in words; null after one that was taken. */
  readonly refused: string | null
  /** What made this state; `gesture` went on with an edit that was there, and needs no undo step of its own. */
  readonly lastChange: 'open' | 'edit' | 'gesture' | 'undo' | 'redo'
}

export interface ExperimentStore<E> extends Pick<StoreApi<ExperimentState<E>>, 'getState' | 'subscribe'> {
  /**
   * Takes the patch if the schema accepts the whole; else leaves the experiment as it was and says why in `refused`.
   * A patch that changes nothing makes no undo step.
   */
  readonly edit: (patch: Partial<E>, gesture?: string) => void
  readonly undo: () => void
  readonly redo: () => void
}

/**
 * One panel instance's inputs, checked on every edit, undoable. Edits that carry the same `gesture` undo as one.
 */
export function createExperimentStore<E extends object>(
  schema: GenericSchema<unknown, E>,
  initial: E,
): ExperimentStore<E> {
  const store = createStore<ExperimentState<E>>(() => ({
    experiment: initial,
    past: [],
    future: [],
    refused: null,
    lastChange: 'open',
  }))
  let openGesture: string | null = null

  return {
    getState: store.getState,
    subscribe: store.subscribe,
    edit(patch, gesture) {
      const { experiment, past, refused } = store.getState()
      const parsed = safeParse(schema, { ...experiment, ...patch })
      if (!parsed.success) {
        store.setState({ refused: schemaProblems(parsed.issues).join(' ') })
        return
      }
      if (sameValue(parsed.output, experiment)) {
        if (refused !== null) store.setState({ refused: null })
        return
      }
      const continues = gesture !== undefined && gesture === openGesture
      openGesture = gesture ?? null
      store.setState({
        experiment: parsed.output,
        past: continues ? past : [...past, experiment].slice(-undoDepth),
        future: [],
        refused: null,
        lastChange: continues ? 'gesture' : 'edit',
      })
    },
    undo() {
      const { experiment, past, future } = store.getState()
      const previous = past.at(-1)
      if (previous === undefined) return
      openGesture = null
      store.setState({
        experiment: previous,
        past: past.slice(0, -1),
        future: [experiment, ...future],
        refused: null,
        lastChange: 'undo',
      })
    },
    redo() {
      const { experiment, past, future } = store.getState()
      const [next, ...rest] = future
      if (next === undefined) return
      openGesture = null
      store.setState({
        experiment: next,
        past: [...past, experiment],
        future: rest,
        refused: null,
        lastChange: 'redo',
      })
    },
  }
}
