import { connect, type Connection, type Doors } from './connection.ts'
import type { Engine, EngineStatus, RowsJob } from './contract.ts'
import type { engineHandlers, Handlers } from './host.ts'
import { createMailbox, type Mailbox } from './mailbox.ts'
import { createTurns } from './newest.ts'
import type { ToClient, ToHost } from './protocol.ts'
import { engineStatus, idleStatus } from './status.ts'

type PayloadOf<H> = H extends (payload: infer P, ...rest: never[]) => unknown ? P : never
type ResultOf<H> = H extends (...args: never[]) => AsyncIterable<infer R> ? R : never

interface StreamOptions {
  /** Fires: the worker is told to stop, and the stream ends with the signal's reason. */
  readonly signal?: AbortSignal
  /** @param fraction  0 to 1  @param doing  what is being done, in words, where the handler says it */
  readonly onProgress?: (fraction: number, doing?: string) => void
  /** Of the streams and jobs under one key only the newest lives: an older one ends with an AbortError. */
  readonly newest?: string
  /** Buffers that move to the worker without a copy; here they are empty afterwards. */
  readonly transfer?: readonly Transferable[]
}

/** The page's side: an {@link Engine} and the worker's other handlers, behind messages. */
export interface EngineClient<H extends Handlers> extends Engine {
  /**
   * Asks a handler of the worker; leaving the loop early tells the worker to stop. A result that is not read before the
   * next one comes is skipped: each stands for those before it. The worker starts with the first call.
   * @throws in the loop: AbortError, or an Error with the name and message that the handler threw
   */
  stream<K extends keyof H & string>(
    handler: K,
    payload: PayloadOf<H[K]>,
    options?: StreamOptions,
  ): AsyncGenerator<ResultOf<H[K]>, void, void>
  /** Ends the worker; what still runs ends with an error. */
  dispose(): void
}

interface Call {
  readonly mailbox: Mailbox<unknown>
  readonly onProgress: StreamOptions['onProgress']
}

export function createEngineClient<H extends Handlers>(doors: Doors): EngineClient<H> {
  const listeners = new Set<() => void>()
  const calls = new Map<number, Call>()
  const takeTurn = createTurns()
  let status = idleStatus('auto')
  let connecting: Promise<Connection> | null = null
  let calledSoFar = 0

  function show(next: EngineStatus): void {
    status = next
    for (const listener of listeners) listener()
  }

  function receive(message: ToClient): void {
    if (message.type === 'status') {
      // The page alone chooses: a status under another choice is older than the page's last word.
      if (message.status.choice === status.choice) show(message.status)
      return
    }
    const call = calls.get(message.id)
    if (message.type === 'progress') call?.onProgress?.(message.fraction, message.doing)
    else if (message.type === 'result') call?.mailbox.put(message.value)
    else if (message.type === 'done') call?.mailbox.end()
    else call?.mailbox.end(Object.assign(new Error(message.message), { name: message.name }))
  }

  /** The worker is gone: what ran on it ends with an error; the next call starts another. */
  function lose(error: Error): void {
    connecting = null
    for (const { mailbox } of calls.values()) mailbox.end(error)
    show(idleStatus(status.choice))
  }

  function host(): Promise<Connection> {
    if (connecting) return connecting
    const { choice } = status
    const opened = connect(doors, receive, (error) => connecting === opened && lose(error))
    opened.then(({ post }) => choice !== 'auto' && post({ type: 'choose', choice }), lose)
    return (connecting = opened)
  }

  /** Tells the host something, if there is one. */
  function tell(message: ToHost): void {
    // A connection that failed has already said so to every call.
    connecting?.then(
      ({ post }) => post(message),
      () => undefined,
    )
  }

  async function* call<R>(handler: string, payload: unknown, options: StreamOptions): AsyncGenerator<R, void, void> {
    const { signal, end } = takeTurn(options.newest, options.signal)
    const id = calledSoFar++
    const mailbox = createMailbox<R>()
    const stop = () => mailbox.abort(signal.reason)
    let finished = false
    signal.addEventListener('abort', stop)
    calls.set(id, { mailbox: mailbox as Mailbox<unknown>, onProgress: options.onProgress })
    if (signal.aborted) stop()
    else
      host()
        .then(({ post }) => calls.has(id) && post({ type: 'call', id, handler, payload }, options.transfer))
        .catch((error: Error) => mailbox.end(error))
    try {
      yield* mailbox.values()
      finished = true
    } finally {
      if (!finished) tell({ type: 'cancel', id })
      calls.delete(id)
      signal.removeEventListener('abort', stop)
      end()
    }
  }

  return {
    status: () => status,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    choose(choice) {
      show(engineStatus(choice, status.rungs))
      // A worker starts with auto, so that alone is no reason to start one.
      if (choice !== 'auto') host().catch(() => undefined)
      tell({ type: 'choose', choice })
    },
    async rows(job, { rung, ...options } = {}) {
      const { own, transfer } = copyOf(job)
      type Result = ResultOf<(typeof engineHandlers)['rows']>
      const results = call<Result>('rows', { job: own, ...(rung && { rung }) }, { ...options, transfer })
      for await (const result of results) return result
      throw new Error('engine: the worker ended a job without a result')
    },
    stream: (handler, payload, options = {}) => call(handler, payload, options),
    dispose() {
      connecting?.then(
        (connection) => connection.close(),
        () => undefined,
      )
      lose(new Error('engine: its worker was ended'))
    },
  }
}

/** The job with arrays of its own, to give away: a view must not drag the rest of its buffer along. */
function copyOf(job: RowsJob): { own: RowsJob; transfer: ArrayBuffer[] } {
  const x = job.x.slice()
  const mask = job.mask?.slice()
  const cotangent = job.cotangent?.slice()
  return {
    own: { ...job, x, ...(mask && { mask }), ...(cotangent && { cotangent }) },
    transfer: [x, mask, cotangent].flatMap((array) => (array ? [array.buffer] : [])),
  }
}
