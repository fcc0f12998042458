// The one engine worker: the engine's jobs, the panels' long computations, and the reading of large files.
import { createEngine } from '../engine/engine.ts'
import { serve } from '../engine/host.ts'
import { panels } from '../panels/index.ts'
import { createHandlers } from './handlers.ts'

serve({ endpoint: self, engine: createEngine(), handlers: createHandlers(panels) })
