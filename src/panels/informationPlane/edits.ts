import { estimatorById } from '../../math/estimators/index.ts'
import type { PanelViewProps } from '../contract.ts'
import { fromTable, wordsAsLabels } from './dataset.ts'
import { settingOf, settingsOf, type EstimatorSetting, type InformationPlaneExperiment } from './experiment.ts'
import type { InformationPlaneResult } from './result.ts'

type Experiment = InformationPlaneExperiment
type Patch = Partial<Experiment>

/** One more estimator, at its defaults; no change if it is there, or if there are eight. */
export const withEstimator = ({ estimators }: Experiment, id: string): Patch =>
  estimators.length >= 8 || estimators.some((each) => each.id === id)
    ? {}
    : { estimators: [...estimators, ...settingsOf(id)] }

/** Without an estimator; the last one stays. */
export const withoutEstimator = ({ estimators }: Experiment, id: string): Patch =>
  estimators.length > 1 ? { estimators: estimators.filter((each) => each.id !== id) } : {}

/** What a parameter must be for the others, in words, if it is not; else null. */
export function paramClash({ params }: EstimatorSetting, name: string, value: unknown): string | null {
  const next: Readonly<Record<string, unknown>> = { ...params, [name]: value }
  const { lo, hi } = next
  if (typeof lo !== 'number' || typeof hi !== 'number' || lo < hi) return null
  return name === 'lo' ? `below the high end, ${hi}` : `above the low end, ${lo}`
}

/** One parameter of an estimator changed; no change where it clashes with another one. */
export function withParam({ estimators }: Experiment, id: string, name: string, value: unknown): Patch {
  const entry = estimatorById(id)!
  if (estimators.some((each) => each.id === id && paramClash(each, name, value) !== null)) return {}
  return {
    estimators: estimators.map((each) => (each.id === id ? settingOf(entry, { ...each.params, [name]: value }) : each)),
  }
}

/** So many seeds in a row. */
export const withSeeds = (first: number, count: number): Patch => ({
  seeds: Array.from({ length: count }, (_, i) => first + i),
})

/** Hidden widths from `10-7-5`, or what would be right. */
export function widthsFrom(text: string): { readonly widths: number[] } | { readonly problem: string } {
  const widths = text
    .split(/[^\d]+/)
    .filter((part) => part !== '')
    .map(Number)
  const right = 'Write 1 to 12 widths of 1 to 256 units, such as 10-7-5.'
  const fits = widths.length >= 1 && widths.length <= 12 && widths.every((width) => width >= 1 && width <= 256)
  return fits && /^\s*\d+([\s,x×–-]+\d+)*\s*$/.test(text) ? { widths } : { problem: right }
}

/**
 * The experiment's edit for a file of samples.
 * @throws what is wrong with it, for people
 */
export async function bringSamples(
  file: Blob,
  name: string,
  { readTable, keepData }: Pick<PanelViewProps<Experiment, InformationPlaneResult>, 'readTable' | 'keepData'>,
): Promise<Patch> {
  const table = await readTable(file, name)
  fromTable(wordsAsLabels(table))
  return { task: 'data', data: { key: await keepData(table), name } }
}
