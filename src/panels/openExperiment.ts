import { safeParse } from 'valibot'
import type { AnyPanel } from './contract.ts'
import { schemaProblems } from './schemaProblems.ts'

type Fields = Readonly<Record<string, unknown>>

/** An experiment from outside (a notebook, a link, a file), checked. */
export type Opened =
  | { readonly experiment: Record<string, unknown>; readonly notices: readonly string[] }
  | { readonly problems: readonly [string, ...string[]] }

/**
 * Brings saved fields to the panel's version, puts the defaults under them, and checks the whole. Fields that the panel
 * does not know are left out and listed in `notices`; a wrong field is a problem.
 * @param version  of the schema that the fields were saved under
 */
export function openExperiment(panel: AnyPanel, saved: Fields, version: number): Opened {
  const current = atCurrentVersion(panel, saved, version)
  if ('problems' in current) return current
  const parsed = safeParse(panel.schema, { ...panel.defaults, ...current.fields })
  if (!parsed.success) {
    const [first, ...rest] = schemaProblems(parsed.issues)
    return { problems: [first ?? 'The experiment is not valid.', ...rest] }
  }
  const known = Object.keys(parsed.output)
  const unknown = Object.keys(current.fields).filter((key) => !Object.hasOwn(parsed.output, key))
  const notices = unknown.map((key) => `${key}: this panel has no such field; it has ${known.join(', ')}.`)
  return { experiment: parsed.output, notices: [...current.notices, ...notices] }
}

/** The same, for a saved experiment that must open: wrong fields get their defaults, and `dropped` lists them. */
export function salvageExperiment(
  panel: AnyPanel,
  saved: Fields,
  version: number,
): { readonly experiment: Record<string, unknown>; readonly dropped: readonly string[] } {
  const current = atCurrentVersion(panel, saved, version)
  if ('problems' in current) return { experiment: panel.defaults, dropped: current.problems }
  const fields: Record<string, unknown> = { ...current.fields }
  const dropped = [...current.notices]
  for (;;) {
    const opened = openExperiment(panel, fields, panel.version)
    if (!('problems' in opened)) return { experiment: opened.experiment, dropped: [...dropped, ...opened.notices] }
    dropped.push(...opened.problems)
    const wrong = Object.keys(fields).filter((key) => opened.problems.some((problem) => names(problem, key)))
    // A problem that names no field is one of the whole: nothing of it can be trusted.
    if (wrong.length === 0) return { experiment: panel.defaults, dropped }
    for (const key of wrong) delete fields[key]
  }
}

const names = (problem: string, key: string): boolean => problem.startsWith(`${key}:`) || problem.startsWith(`${key}.`)

function atCurrentVersion(
  panel: AnyPanel,
  saved: Fields,
  version: number,
): { readonly fields: Fields; readonly notices: readonly string[] } | { readonly problems: [string] } {
  if (version > panel.version) {
    const notice = `This experiment was saved by a newer softscope (version ${version}; here it is ${panel.version}).`
    return { fields: saved, notices: [notice] }
  }
  if (version === panel.version || !panel.migrate) return { fields: saved, notices: [] }
  try {
    return { fields: panel.migrate(saved, version), notices: [] }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return {
      problems: [`The experiment of version ${version} cannot be brought to version ${panel.version}: ${reason}`],
    }
  }
}
