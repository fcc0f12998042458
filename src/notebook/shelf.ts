/** A place in this browser that may be refused, full or slow: it then says so and keeps nothing. */
export interface Shelf {
  /** Null where there is nothing, or where storage is refused. */
  readonly get: (key: string) => Promise<unknown>
  /** False where it could not be kept. */
  readonly put: (key: string, value: unknown) => Promise<boolean>
}

/** Some private windows never answer; milliseconds. */
const patience = 4000

/** IndexedDB under its own name; opened when it is first used. */
export function createShelf(name: string): Shelf {
  const open = async () => {
    const library = await import('idb-keyval')
    return { ...library, store: library.createStore(`softscope-${name}`, name) }
  }
  let opened: ReturnType<typeof open> | null = null
  return {
    get: (key) =>
      unlessRefused(async () => {
        const { get, store } = await (opened ??= open())
        return (await get<unknown>(key, store)) ?? null
      }, null),
    put: (key, value) =>
      unlessRefused(async () => {
        const { set, store } = await (opened ??= open())
        await set(key, value, store)
        return true
      }, false),
  }
}

/** Third-party frames, private windows and full disks refuse in many ways; all of them mean the same here. */
async function unlessRefused<T>(work: () => Promise<T>, refused: T): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(refused), patience)
  })
  try {
    return await Promise.race([work(), late])
  } catch (error) {
    if (error instanceof Error || error instanceof DOMException) return refused
    throw error
  } finally {
    clearTimeout(timer)
  }
}
