import type { EngineStatus, RungId } from './contract.ts'

/** What the page tells the worker. `id` numbers the calls of one client. */
export type ToHost =
  | { readonly type: 'call'; readonly id: number; readonly handler: string; readonly payload: unknown }
  | { readonly type: 'cancel'; readonly id: number }
  | { readonly type: 'choose'; readonly choice: RungId | 'auto' }

/** What the worker tells the page. The first message is a status: it also says that the worker is up. */
export type ToClient =
  | { readonly type: 'status'; readonly status: EngineStatus }
  | { readonly type: 'progress'; readonly id: number; readonly fraction: number; readonly doing: string | undefined }
  | { readonly type: 'result'; readonly id: number; readonly value: unknown }
  | { readonly type: 'done'; readonly id: number }
  | { readonly type: 'error'; readonly id: number; readonly name: string; readonly message: string }

/** A worker, a worker's own global scope, or one end of a MessageChannel. */
export interface Endpoint {
  postMessage(message: unknown, transfer: Transferable[]): void
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void
}
