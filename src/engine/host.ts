/**
 * The worker's side. The worker's entry file is short:
 *
 *   const handlers = {
 *     compute: async function* (request: ComputeRequest, { engine, signal, progress }) { … yield result … },
 *     parse: async function* (file: File, { signal }) { yield parse(await file.text()) },
 *   } satisfies Handlers
 *   export type NotebookHandlers = typeof handlers        // the page imports this type alone
 *   serve({ endpoint: self, engine: createEngine(), handlers })
 */
import type { Engine, RowsJob, RungId } from './contract.ts'
import type { Endpoint, ToClient, ToHost } from './protocol.ts'

export interface HandlerContext {
  /** The engine in this worker; its `rows` runs in place, without another message. */
  readonly engine: Engine
  /** Fires when the page no longer wants the answer: stop within a frame. */
  readonly signal: AbortSignal
  /** @param fraction  0 to 1  @param doing  what is being done, in words */
  readonly progress: (fraction: number, doing?: string) => void
}

/**
 * Answers one kind of request. Each yield is a whole result that stands for those before it: one that the page has not
 * read yet is replaced by the next. Results are copied to the page, unless {@link transferring} hands them over.
 */
type Handler<P, R> = (payload: P, context: HandlerContext) => AsyncIterable<R>

/** By name; `rows` is taken by the engine. A payload and a result must survive `structuredClone`. */
export type Handlers = Readonly<Record<string, Handler<never, unknown>>>

const handedOver = new WeakMap<object, readonly ArrayBufferLike[]>()

/** Marks a result whose buffers move to the page without a copy. Here they are empty afterwards. */
export function transferring<R extends object>(result: R, buffers: readonly ArrayBufferLike[]): R {
  handedOver.set(result, buffers)
  return result
}

async function* rows(request: { job: RowsJob; rung?: RungId }, { engine, signal, progress }: HandlerContext) {
  const { job, rung } = request
  const result = await engine.rows(job, { signal, onProgress: progress, ...(rung && { rung }) })
  yield transferring(result, [result.y.buffer])
}

/** The handlers that every host has. */
export const engineHandlers = { rows } satisfies Handlers

/** Answers a client at the other end, until that end goes away. */
export function serve(options: {
  readonly endpoint: Endpoint
  readonly engine: Engine
  readonly handlers: Handlers
}): void {
  const { endpoint, engine } = options
  const handlers: Handlers = { ...options.handlers, ...engineHandlers }
  const running = new Map<number, AbortController>()
  const post = (message: ToClient, transfer: readonly ArrayBufferLike[] = []) =>
    endpoint.postMessage(
      message,
      transfer.filter((buffer) => buffer instanceof ArrayBuffer),
    )

  async function answer(id: number, name: string, payload: unknown): Promise<void> {
    const controller = new AbortController()
    const { signal } = controller
    running.set(id, controller)
    try {
      const handler = handlers[name]
      if (!handler)
        throw new Error(`engine: no handler is named "${name}"; there are ${Object.keys(handlers).join(', ')}`)
      const progress = throttled((fraction, doing) => post({ type: 'progress', id, fraction, doing }), signal)
      // The payload is what the client typed against the same handlers.
      for await (const value of handler(payload as never, { engine, signal, progress })) {
        if (signal.aborted) break
        post({ type: 'result', id, value }, typeof value === 'object' && value ? handedOver.get(value) : [])
      }
      post({ type: 'done', id })
    } catch (error) {
      const { name: kind, message } = error instanceof Error ? error : new Error(String(error))
      post({ type: 'error', id, name: kind, message })
    } finally {
      running.delete(id)
    }
  }

  endpoint.addEventListener('message', (event: MessageEvent) => {
    const message = event.data as ToHost
    if (message.type === 'call') void answer(message.id, message.handler, message.payload)
    else if (message.type === 'cancel') running.get(message.id)?.abort()
    else engine.choose(message.choice)
  })
  engine.subscribe(() => post({ type: 'status', status: engine.status() }))
  post({ type: 'status', status: engine.status() })
}

/** The same service without a worker, for pages that may not start one; the client takes the end that it returns. */
export function serveInPage(options: { readonly engine: Engine; readonly handlers: Handlers }): MessagePort {
  const { port1, port2 } = new MessageChannel()
  serve({ ...options, endpoint: port1 })
  port1.start()
  return port2
}

/** At most one call in 16 ms, the end always: a tight loop must not flood the page. */
function throttled(report: HandlerContext['progress'], signal: AbortSignal): HandlerContext['progress'] {
  let last = -Infinity
  return (fraction, doing) => {
    const now = performance.now()
    if (signal.aborted || (now - last < 16 && fraction < 1)) return
    last = now
    report(fraction, doing)
  }
}
