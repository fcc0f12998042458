import { constants } from 'node:fs'
import { access, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { breathe } from '../../engine/breathe.ts'
import { createEngine } from '../../engine/engine.ts'
import { unlessAborted } from '../../engine/unlessAborted.ts'
import { writeNpy } from '../../models/readers/writeNpy.ts'
import type { AnyPanel, ComputeContext, PanelResult } from '../../panels/contract.ts'
import { openExperiment } from '../../panels/openExperiment.ts'
import { UsageError, type Command } from '../command.ts'
import { readExperiment } from '../experimentFile.ts'
import { resultJson } from '../json.ts'
import { fileFinder, tableIn } from '../namedFile.ts'
import { suggestion } from '../nearest.ts'
import { createProgress } from '../progress.ts'
import { write } from '../write.ts'

const interrupted = 130

/** `softscope run PANEL`: an experiment in, its final results out; see `details`. */
export const runCommand = (panels: readonly AnyPanel[]): Command => ({
  name: 'run',
  operands: ['PANEL'],
  flags: {
    experiment: { type: 'string', value: 'FILE', about: 'YAML or JSON, - for standard input; the defaults without it' },
    out: { type: 'string', value: 'FILE', about: 'where the results go; standard output without it' },
    ...arrayFlags(panels),
  },
  summary: "Runs a panel's computation from its experiment and writes the results as JSON.",
  details: [
    'The experiment is what a notebook holds in the fence of the panel; fields that it leaves out have their defaults.',
    'Output: {"panel":..., "experiment":..., "results":...}, with every field of the experiment and with Infinity,',
    '-Infinity and NaN as strings. Progress goes to standard error. Ctrl-C stops the run: nothing is written, and the',
    'exit status is 130. Files that an experiment names are looked for beside it, then from here; the key of its data is',
    'the name of such a file too (CSV, text, JSON or NPY).',
  ].join('\n'),
  async run({ positionals, text }, io) {
    const panel = known(panels, positionals[0] ?? '')
    const saved = text['experiment'] === undefined ? {} : await readExperiment(text['experiment'], io)
    const experiment = checkedExperiment(panel, saved)
    const out = text['out'] === '-' ? undefined : text['out']
    if (out !== undefined) await checkFolder('out', out)
    const arrays = await askedArrays(panel, panels, text)

    const signal = io.interruption()
    const progress = createProgress(io.stderr, panel.id)
    const start = performance.now()
    let results: PanelResult
    try {
      results = await finalResults(panel, experiment, {
        signal,
        progress: progress.report,
        file: fileFinder(text['experiment'], { signal, progress: progress.report }),
      })
    } catch (error) {
      progress.end(signal.aborted ? 'stopped; nothing was written' : 'failed')
      if (signal.aborted) return interrupted
      throw error
    }
    progress.end(`done in ${((performance.now() - start) / 1000).toFixed(2)} s`)
    const { arrays: given, ...small } = results
    for (const [name, path] of arrays) {
      const array = given?.[name]
      if (array === undefined) throw new Error(`${panel.id}: this run has no ${name} to write`)
      await writeFile(path, writeNpy(array.shape, array.values))
    }
    const json = `${resultJson({ panel: panel.id, experiment, results: small })}\n`
    if (out === undefined) await write(io.stdout, json)
    else await writeFile(out, json)
    return 0
  },
})

function known(panels: readonly AnyPanel[], id: string): AnyPanel {
  const panel = panels.find((each) => each.id === id)
  if (panel) return panel
  const ids = panels.map((each) => each.id)
  throw new UsageError(`there is no panel "${id}"${suggestion(id, ids) || `; there are ${ids.join(', ')}`}`)
}

function checkedExperiment(panel: AnyPanel, saved: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const opened = openExperiment(panel, saved, panel.version)
  // On the page a field that the panel does not know is only listed; here it is most likely a slip that changes results.
  const problems = 'problems' in opened ? opened.problems : opened.notices
  if ('problems' in opened || problems.length > 0)
    throw new UsageError([`the experiment is not one of ${panel.id}:`, ...problems].join('\n  '))
  return opened.experiment
}

/** A flag for each array that a panel can write: `--attention FILE`. */
const arrayFlags = (panels: readonly AnyPanel[]): Command['flags'] =>
  Object.fromEntries(
    panels.flatMap(({ id, arrays = {} }) =>
      Object.entries(arrays).map(([name, about]) => [
        name,
        { type: 'string', value: 'FILE', about: `${id}: ${about}, as NPY` },
      ]),
    ),
  )

/** Name and file of each array that was asked for. */
async function askedArrays(
  panel: AnyPanel,
  panels: readonly AnyPanel[],
  text: Readonly<Record<string, string>>,
): Promise<[name: string, file: string][]> {
  const asked = Object.entries(text).filter(([name]) => Object.hasOwn(arrayFlags(panels), name))
  for (const [name, file] of asked) {
    if (!Object.hasOwn(panel.arrays ?? {}, name)) throw new UsageError(`${panel.id} has no ${name} to write`)
    await checkFolder(name, file)
  }
  return asked
}

async function checkFolder(flag: string, file: string): Promise<void> {
  try {
    await access(dirname(file), constants.W_OK)
  } catch {
    throw new UsageError(`--${flag}: the folder of ${file} cannot be written`)
  }
}

async function finalResults(
  panel: AnyPanel,
  experiment: Record<string, unknown>,
  { signal, progress, file }: Pick<ComputeContext, 'signal' | 'progress' | 'file'>,
): Promise<PanelResult> {
  const compute = await panel.compute()
  const context = {
    engine: createEngine(),
    signal,
    progress,
    file,
    data: (key: string) => tableIn(file, key),
  }
  const partial = compute(experiment, context)
  let results: PanelResult | undefined
  for (;;) {
    const step = await unlessAborted(partial.next(), signal)
    if (step.done) break
    results = step.value
    // A panel that never waits for anything would not let Ctrl-C in.
    await breathe()
  }
  signal.throwIfAborted()
  if (results === undefined) throw new Error(`${panel.id}: the run gave no results`)
  return results
}
