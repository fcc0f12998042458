/** Told how far a download is. @param all  bytes of the whole file, or null where the server does not say */
export type LoadProgress = (bytes: number, all: number | null) => void

/** Those who wait for a file. What is fetched for them stops when the last one has gone. */
export interface Audience {
  /** Fires when nobody is left; a new one after somebody joins again. */
  readonly signal: () => AbortSignal
  /** Stays until its own signal fires. */
  readonly join: (signal: AbortSignal, progress: LoadProgress) => void
  readonly tell: LoadProgress
}

export function createAudience(): Audience {
  const present = new Set<LoadProgress>()
  let gone = new AbortController()
  return {
    signal: () => gone.signal,
    join(signal, progress) {
      if (signal.aborted) return
      if (gone.signal.aborted) gone = new AbortController()
      // Two runs may share one function.
      const listener: LoadProgress = (bytes, all) => progress(bytes, all)
      present.add(listener)
      const leave = () => {
        present.delete(listener)
        if (present.size === 0) gone.abort(signal.reason)
      }
      signal.addEventListener('abort', leave, { once: true })
    },
    tell(bytes, all) {
      for (const listener of present) listener(bytes, all)
    },
  }
}
