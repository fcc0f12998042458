import { transferring, type HandlerContext } from '../engine/host.ts'
import type { AnyPanel, DataTable, PanelResult } from '../panels/contract.ts'
import { createNamedFiles, type KeptFile } from '../panels/namedFiles.ts'
import { readTable } from '../panels/readTable.ts'
import { createHold, type Hold } from './hold.ts'
import type { Fields } from './fields.ts'

export interface ComputeRequest {
  /** Numbers the runs of one page, so that `hold` can name one. */
  readonly run: number
  /** Id in the registry. */
  readonly panel: string
  readonly experiment: Fields
  /** Tables that the experiment names and the worker has not seen yet. */
  readonly tables: readonly DataTable[]
  /** Files that it names; a blob is sent without its bytes. */
  readonly files: readonly KeptFile[]
  /** The page's address, from which an experiment's addresses start. */
  readonly base: string
}

/** What the worker does for a notebook, beside the engine's own jobs. */
export function createHandlers(panels: readonly AnyPanel[]) {
  const tables = new Map<string, DataTable>()
  const namedFiles = createNamedFiles()
  const holds = new Map<number, Hold>()

  async function* compute(
    { run, panel: id, experiment, tables: brought, files, base }: ComputeRequest,
    { engine, signal, progress }: HandlerContext,
  ): AsyncGenerator<PanelResult, void, void> {
    for (const table of brought) tables.set(table.key, table)
    namedFiles.take(files)
    const panel = panels.find((each) => each.id === id)
    if (!panel) throw new Error(`notebook: the worker knows no panel “${id}”`)
    const computePanel = await panel.compute()
    const hold = createHold()
    holds.set(run, hold)
    // A file outlives the run that asked for it first, so a run that ends must leave it.
    const ended = new AbortController()
    const reader = { signal: AbortSignal.any([signal, ended.signal]), progress }
    try {
      const data = async (key: string) => tables.get(key) ?? null
      const file = (reference: string) => namedFiles.find(reference, base, reader)
      for await (const result of computePanel({ ...experiment }, { engine, signal, progress, data, file })) {
        yield result
        await hold.passed(signal)
      }
    } finally {
      holds.delete(run)
      ended.abort()
    }
  }

  // A handler is a stream; this one has nothing to say.
  // oxlint-disable-next-line require-yield
  async function* hold({ run, held }: { run: number; held: boolean }): AsyncGenerator<never, void, void> {
    holds.get(run)?.set(held)
  }

  async function* read({
    file,
    name,
  }: {
    file: Blob
    name: string
  }): AsyncGenerator<Omit<DataTable, 'key'>, void, void> {
    const table = await readTable(file, name)
    yield transferring(table, [table.values.buffer])
  }

  return { compute, hold, read }
}

export type NotebookHandlers = ReturnType<typeof createHandlers>
