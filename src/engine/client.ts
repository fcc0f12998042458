import { connect, type Connection, type Doors } from './connection.ts'
import type { Engine, EngineStatus, RowsJob, RowsOptions, RowsResult } from './contract.ts'
import type { Handlers } from './host.ts'
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
  return new Client<H>(doors)
}

// Fields that are functions, not methods: an engine's parts are handed around one by one (`useSyncExternalStore`).
class Client<H extends Handlers> implements EngineClient<H> {
  readonly #doors: Doors
  readonly #listeners = new Set<() => void>()
  readonly #calls = new Map<number, Call>()
  readonly #takeTurn = createTurns()
  #status = idleStatus('auto')
  #connecting: Promise<Connection> | null = null
  #calledSoFar = 0

  constructor(doors: Doors) {
    this.#doors = doors
  }

  status = () => this.#status

  subscribe = (listener: () => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  choose = (choice: EngineStatus['choice']) => {
    this.#show(engineStatus(choice, this.#status.rungs))
    // A worker starts with auto, so that alone is no reason to start one.
    if (choice !== 'auto') this.#host().catch((error: Error) => this.#explain(choice, error.message))
    this.#tell({ type: 'choose', choice })
  }

  rows = async (job: RowsJob, { rung, ...options }: RowsOptions = {}): Promise<RowsResult> => {
    const { own, transfer } = copyOf(job)
    const request = { job: own, ...(rung && { rung }) }
    const results = this.#call<RowsResult>('rows', request, { ...options, transfer })
    for await (const result of results) return result
    throw new Error('engine: the worker ended a job without a result')
  }

  stream = <K extends keyof H & string>(handler: K, payload: PayloadOf<H[K]>, options: StreamOptions = {}) =>
    this.#call<ResultOf<H[K]>>(handler, payload, options)

  dispose = () => {
    this.#connecting?.then(
      (connection) => connection.close(),
      () => undefined,
    )
    this.#lose(new Error('engine: its worker was ended'))
  }

  #show(status: EngineStatus): void {
    this.#status = status
    for (const listener of this.#listeners) listener()
  }

  /** Says at a rung why it is not even tried: the person who chose it looks there. */
  #explain(id: EngineStatus['choice'], reason: string): void {
    const { choice, rungs } = this.#status
    this.#show(
      engineStatus(
        choice,
        rungs.map((rung) => (rung.id === id ? { ...rung, reason } : rung)),
      ),
    )
  }

  #receive = (message: ToClient) => {
    if (message.type === 'status') {
      // The page alone chooses: a status under another choice is older than the page's last word.
      if (message.status.choice === this.#status.choice) this.#show(message.status)
      return
    }
    const call = this.#calls.get(message.id)
    if (message.type === 'progress') call?.onProgress?.(message.fraction, message.doing)
    else if (message.type === 'result') call?.mailbox.put(message.value)
    else if (message.type === 'done') call?.mailbox.end()
    else call?.mailbox.end(Object.assign(new Error(message.message), { name: message.name }))
  }

  /** The worker is gone: what ran on it ends with an error; the next call starts another. */
  #lose = (error: Error) => {
    this.#connecting = null
    for (const { mailbox } of this.#calls.values()) mailbox.end(error)
    this.#show(idleStatus(this.#status.choice))
  }

  #host(): Promise<Connection> {
    if (this.#connecting) return this.#connecting
    const { choice } = this.#status
    const opened = connect(this.#doors, this.#receive, (error) => this.#connecting === opened && this.#lose(error))
    opened.then(({ post }) => choice !== 'auto' && post({ type: 'choose', choice }), this.#lose)
    return (this.#connecting = opened)
  }

  /** Tells the host something, if there is one. */
  #tell(message: ToHost): void {
    // A connection that failed has already said so to every call.
    this.#connecting?.then(
      ({ post }) => post(message),
      () => undefined,
    )
  }

  async *#call<R>(handler: string, payload: unknown, options: StreamOptions): AsyncGenerator<R, void, void> {
    const { signal, end } = this.#takeTurn(options.newest, options.signal)
    const id = this.#calledSoFar++
    const mailbox = createMailbox<R>()
    const stop = () => mailbox.abort(signal.reason)
    let finished = false
    signal.addEventListener('abort', stop)
    this.#calls.set(id, { mailbox: mailbox as Mailbox<unknown>, onProgress: options.onProgress })
    if (signal.aborted) stop()
    else
      this.#host()
        .then(({ post }) => this.#calls.has(id) && post({ type: 'call', id, handler, payload }, options.transfer))
        .catch((error: Error) => mailbox.end(error))
    try {
      yield* mailbox.values()
      finished = true
    } finally {
      if (!finished) this.#tell({ type: 'cancel', id })
      this.#calls.delete(id)
      signal.removeEventListener('abort', stop)
      end()
    }
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
