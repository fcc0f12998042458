export interface Turn {
  /** Fires when the caller's own signal does, or when a newer turn under the same key begins. */
  readonly signal: AbortSignal
  readonly end: () => void
}

/** Gives out turns: under one key only the newest lives. Without a key a turn lasts until the caller's signal fires. */
export function createTurns(): (key: string | undefined, signal: AbortSignal | undefined) => Turn {
  const newest = new Map<string, AbortController>()
  return (key, signal) => {
    const controller = new AbortController()
    if (key !== undefined) {
      newest.get(key)?.abort(new DOMException('a newer job took over', 'AbortError'))
      newest.set(key, controller)
    }
    return {
      signal: signal ? AbortSignal.any([signal, controller.signal]) : controller.signal,
      end() {
        if (key !== undefined && newest.get(key) === controller) newest.delete(key)
      },
    }
  }
}
