import type { Endpoint, ToClient, ToHost } from './protocol.ts'

/** The ways to a host, tried in this order. */
export interface Doors {
  /** Starts the worker: `() => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })`. */
  readonly worker: () => Worker
  /** Serves in the page itself where a worker cannot start (a sandboxed frame): see `serveInPage`. */
  readonly inPage?: () => Promise<MessagePort>
}

export interface Connection {
  readonly post: (message: ToHost, transfer?: readonly Transferable[]) => void
  readonly close: () => void
}

/**
 * Opens the first door behind which a host says something.
 * @param onLost  called once if the worker fails after that
 * @throws the worker's error, if there is no other door
 */
export async function connect(
  doors: Doors,
  receive: (message: ToClient) => void,
  onLost: (error: Error) => void,
): Promise<Connection> {
  try {
    return await throughWorker(doors.worker, receive, onLost)
  } catch (error) {
    if (!doors.inPage) throw error
    const port = await doors.inPage()
    const first = greeting(port, receive)
    port.start()
    await first
    return { post: poster(port), close: () => port.close() }
  }
}

async function throughWorker(
  start: () => Worker,
  receive: (message: ToClient) => void,
  onLost: (error: Error) => void,
): Promise<Connection> {
  const worker = start()
  const failed = new Promise<Error>((resolve) => {
    worker.addEventListener('error', (event) => {
      // Where the script could not be loaded at all the event carries no message.
      resolve(new Error(`engine: its worker failed: ${event.message || 'the script did not load'}`))
      worker.terminate()
    })
  })
  await Promise.race([
    greeting(worker, receive),
    failed.then((error) => {
      throw error
    }),
  ])
  void failed.then(onLost)
  return { post: poster(worker), close: () => worker.terminate() }
}

const poster =
  (endpoint: Endpoint): Connection['post'] =>
  (message, transfer = []) =>
    endpoint.postMessage(message, [...transfer])

/** Resolves with the host's first message, its status. */
function greeting(endpoint: Endpoint, receive: (message: ToClient) => void): Promise<void> {
  return new Promise((resolve) => {
    endpoint.addEventListener('message', (event: MessageEvent) => {
      resolve()
      receive(event.data as ToClient)
    })
  })
}
