/** Holds the newest value that nobody has read yet, and how the sender ended. */
export interface Mailbox<R> {
  /** Replaces a value that is still unread. */
  put(value: R): void
  /** No more values. With an error, the reader gets it after what is unread. */
  end(error?: Error): void
  /** Ends at once and drops what is unread. */
  abort(reason: unknown): void
  /** For one reader. */
  values(): AsyncGenerator<R, void, void>
}

export function createMailbox<R>(): Mailbox<R> {
  let unread: { readonly value: R } | null = null
  let ended: { readonly error?: unknown } | null = null
  let wake: () => void = () => undefined
  return {
    put(value) {
      unread = { value }
      wake()
    },
    end(error) {
      ended ??= error ? { error } : {}
      wake()
    },
    abort(reason) {
      unread = null
      ended = { error: reason }
      wake()
    },
    async *values() {
      for (;;) {
        if (unread) {
          const { value } = unread
          unread = null
          yield value
        } else if (ended) {
          if ('error' in ended) throw ended.error
          return
        } else {
          await new Promise<void>((resolve) => (wake = resolve))
        }
      }
    },
  }
}
