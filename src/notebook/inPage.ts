import { createEngine } from '../engine/engine.ts'
import { serveInPage } from '../engine/host.ts'
import { panels } from '../panels/index.ts'
import { createHandlers } from './handlers.ts'

/** The worker's work done on the page's thread, for frames that may not start a worker. */
export const openInPage = (): MessagePort => serveInPage({ engine: createEngine(), handlers: createHandlers(panels) })
