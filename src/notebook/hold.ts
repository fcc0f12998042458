/** A gate that a run passes between its results: closed while nobody can see them. */
export interface Hold {
  readonly held: () => boolean
  readonly set: (held: boolean) => void
  /** Resolves when the gate is open, or the signal fires. */
  readonly passed: (signal: AbortSignal) => Promise<void>
  readonly subscribe: (listener: (held: boolean) => void) => () => void
}

export function createHold(): Hold {
  let held = false
  const listeners = new Set<(held: boolean) => void>()
  const subscribe: Hold['subscribe'] = (listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  return {
    held: () => held,
    set(next) {
      if (next === held) return
      held = next
      for (const listener of listeners) listener(held)
    },
    passed(signal) {
      if (!held || signal.aborted) return Promise.resolve()
      return new Promise((resolve) => {
        const done = () => {
          unsubscribe()
          signal.removeEventListener('abort', done)
          resolve()
        }
        const unsubscribe = subscribe((next) => !next && done())
        signal.addEventListener('abort', done)
      })
    },
    subscribe,
  }
}
