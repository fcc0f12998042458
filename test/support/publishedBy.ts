import { readFileSync } from 'node:fs'
import { cpuSource } from '../../src/engine/cpuRung.ts'
import { createEngine } from '../../src/engine/engine.ts'
import { createNotebook } from '../../src/notebook/notebook.ts'
import { bytesSource } from '../../src/models/readers/byteSource.ts'
import { parseNotebook } from '../../src/notebook/parseNotebook.ts'
import { valueAt } from '../../src/notebook/path.ts'
import type { Surroundings } from '../../src/notebook/surroundings.ts'
import { panels } from '../../src/panels/index.ts'

const refuse = () => {
  throw new Error('publishedBy: these panels ask no more of their surroundings than an engine and the page’s own files')
}
const served = (path: string) => readFileSync(new URL(`../../public/${path}`, import.meta.url))
const surroundings: Surroundings = {
  engine: createEngine([cpuSource]),
  computeElsewhere: refuse,
  readTable: refuse,
  data: { keep: refuse, find: refuse },
  files: { base: '', keep: refuse, find: refuse },
}

/** Reads what a panel of a notebook published, by the path that `:value` would name behind its id. */
export type Reading<T = number> = (path: string) => T

/**
 * What a panel of a built-in notebook publishes, numbers and words, after an edit as one of its links makes it.
 * @param notebook  the file's name, without .md
 */
export async function allPublishedBy(
  notebook: string,
  id: string,
  edit: Readonly<Record<string, unknown>> = {},
): Promise<Reading<unknown>> {
  const text = served(`notebooks/${notebook}.md`).toString('utf8')
  const { live } = createNotebook(parseNotebook(text), { surroundings, panels }).panel(id)!.getState()
  live!.experiments.edit(edit)
  const { experiment, refused } = live!.experiments.getState()
  if (refused !== null) throw new Error(`#${id} refused ${JSON.stringify(edit)}: ${refused}`)
  const context = {
    engine: surroundings.engine,
    signal: new AbortController().signal,
    progress: () => undefined,
    data: refuse,
    file: async (path: string) => ({ name: path, source: bytesSource(served(path)) }),
  }
  const compute = await live!.panel.compute()
  let values: unknown
  for await (const result of compute({ ...experiment }, context)) values = result.values
  return (path) => {
    const found = valueAt(values, path.split('.'), `#${id}`)
    if ('missing' in found) throw new Error(found.missing)
    return found.value
  }
}

/** The numbers among what `allPublishedBy` gives; reading a word throws. */
export async function publishedBy(...asked: Parameters<typeof allPublishedBy>): Promise<Reading> {
  const read = await allPublishedBy(...asked)
  return (path) => {
    const value = read(path)
    if (typeof value !== 'number') throw new Error(`#${asked[1]}.${path} is no number`)
    return value
  }
}
