import type { Session } from './session.ts'

/** How long after the last change the address is written; milliseconds. Browsers refuse more than a few writes a second. */
const settled = 300

/**
 * Keeps the address and the session the same: a link that is followed opens, and a change is written into the address,
 * so that copying it, reloading, and going back all work.
 * @returns ends it
 */
export function followAddress(session: Session): () => void {
  let written = location.hash
  let timer: ReturnType<typeof setTimeout> | undefined
  const listeners = new AbortController()
  const options = { signal: listeners.signal }

  async function write(): Promise<void> {
    clearTimeout(timer)
    const fragment = await session.fragment()
    // Another address means that someone has just followed a link: it will be read, and must not be overwritten.
    if (listeners.signal.aborted || location.hash !== written || fragment === '' || fragment === written) return
    written = fragment
    try {
      history.replaceState(null, '', fragment)
    } catch (error) {
      if (!(error instanceof DOMException)) throw error
      session.notify(`This notebook is too long for an address (${error.message}). Save it as a file to keep it.`)
    }
  }

  // The code that reads and writes links is loaded when it is needed, which may fail.
  const told = (error: Error): false => {
    session.notify(error.message)
    return false
  }
  const save = () => void write().catch(told)

  async function read(): Promise<void> {
    const { hash } = location
    if (hash === written) return
    if (await session.open(hash).catch(told)) written = hash
    // The name of a heading: the browser has gone there; the address keeps what the page holds.
    else history.replaceState(null, '', written)
  }

  window.addEventListener('hashchange', () => void read(), options)
  document.addEventListener('visibilitychange', () => document.hidden && save(), options)
  const unsubscribe = session.subscribe(() => {
    clearTimeout(timer)
    timer = setTimeout(save, settled)
  })
  void session.open(location.hash).catch(told)
  return () => {
    clearTimeout(timer)
    listeners.abort()
    unsubscribe()
  }
}
