import { createEngineClient, type EngineClient } from '../engine/client.ts'
import { createDataStore } from './dataStore.ts'
import { createFileStore, fileKeys } from './fileStore.ts'
import type { NotebookHandlers } from './handlers.ts'
import { createShelf } from './shelf.ts'
import type { DataStore, FileStore, Surroundings } from './surroundings.ts'
import { tableKeys } from './tables.ts'

/** What a page gives its notebooks: one engine worker, started when something long runs, and this browser's storage. */
export function createSurroundings(): Surroundings {
  const client = createEngineClient<NotebookHandlers>({
    worker: () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
    inPage: async () => (await import('./inPage.ts')).openInPage(),
  })
  return surroundingsOf(
    client,
    createDataStore(createShelf('tables')),
    createFileStore(createShelf('files'), document.baseURI),
  )
}

/** The same around a client and stores that are given. */
export function surroundingsOf(
  client: EngineClient<NotebookHandlers>,
  data: DataStore,
  files: FileStore,
): Surroundings {
  let runs = 0
  /** Keys of tables that the worker has. */
  const sent = new Set<string>()

  return {
    engine: client,
    data,
    files,
    async *computeElsewhere(panel, experiment, { signal, progress, hold }) {
      const run = ++runs
      const keys = tableKeys(experiment)
      const wanted = await Promise.all(keys.filter((key) => !sent.has(key)).map((key) => data.find(key)))
      const tables = wanted.filter((table) => table !== null)
      const named = await Promise.all(fileKeys(experiment).map((key) => files.find(key)))
      const brought = { tables, files: named.filter((file) => file !== null), base: files.base }
      // Only the loss of the worker can fail here, and the run below reports that; one that is over needs no hold.
      const tell = (held: boolean) => void drained(client.stream('hold', { run, held })).catch(() => undefined)
      const unsubscribe = hold.subscribe(tell)
      try {
        const onProgress = (fraction: number, doing?: string) => progress(fraction, doing ?? 'computing')
        for await (const result of client.stream(
          'compute',
          { run, panel, experiment, ...brought },
          { signal, onProgress },
        )) {
          for (const { key } of tables) sent.add(key)
          yield result
        }
      } catch (error) {
        // The worker may be gone, and its tables with it.
        sent.clear()
        throw error
      } finally {
        unsubscribe()
      }
    },
    async readTable(file, name) {
      for await (const table of client.stream('read', { file, name })) return table
      throw new Error(`${name}: nothing could be read`)
    },
  }
}

/** Runs a stream for its effect. */
async function drained(stream: AsyncIterable<unknown>): Promise<void> {
  for await (const each of stream) void each
}
