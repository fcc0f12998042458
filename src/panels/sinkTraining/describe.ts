import { shortNumber } from '../../charts/numberFormat.ts'
import type { PanelResult, Published } from '../contract.ts'
import type { SinkRun } from './compute.ts'
import { evictionCosts } from './evictionWords.ts'
import { runName } from './runName.ts'

const published = ['loss', 'triggerLoss', 'dormantExcess', 'bosAttention', 'alpha0', 'sinkRate', 'rowMass'] as const
const alsoPublished = ['triggerPrevious', 'exactZeros', 'valueRatio', 'kurtosis', 'maxOverMedian'] as const

/** The newest state of every normalizer, in words and numbers; means over the seeds that have come to it. */
export function described(runs: readonly SinkRun[], uniformAlpha0: number): Pick<PanelResult, 'sentence' | 'values'> {
  const keyOf = ({ normalizer, params }: SinkRun) => JSON.stringify([normalizer, params])
  const values: Record<string, Published | number> = { uniformAlpha0 }
  const newestStep = Math.max(...runs.flatMap(({ steps }) => steps.map((reading) => reading.step)), 0)
  const parts: string[] = []
  for (const key of new Set(runs.map(keyOf))) {
    const mine = runs.filter((run) => keyOf(run) === key && run.steps.length > 0)
    if (mine.length === 0) continue
    const id = mine[0]!.normalizer
    const last = Math.max(...mine.map(({ steps }) => steps.at(-1)!.step))
    const newest = mine.map(({ steps }) => steps.at(-1)!).filter((reading) => reading.step === last)
    const mean = (name: (typeof published | typeof alsoPublished)[number]) =>
      newest.reduce((sum, reading) => sum + reading[name] / newest.length, 0)
    const names = [...published, ...alsoPublished]
    const costs = evictionCosts({ runs: mine })
    values[freeName(id, values)] = {
      step: last,
      ...(costs.length > 0 && { evictionCost: costs.reduce((sum, cost) => sum + cost / costs.length, 0) }),
      ...Object.fromEntries(names.map((name) => [name, mean(name)])),
    }
    const when = last === newestStep ? '' : `, at step ${last},`
    parts.push(`${runName(runs, mine[0]!)}${when} ${giving(mean('bosAttention'), mean('rowMass'))}`)
  }
  const stopped = runs.flatMap((run) => (run.stopped === null ? [] : [`${runName(runs, run)}: ${run.stopped}`]))
  const sentence = parts.length > 0 ? `Step ${newestStep}: ${parts.join('; ')}.` : 'Nothing is trained yet.'
  return { sentence: [sentence, ...new Set(stopped)].join(' '), values }
}

/** Rows may sum to this much more or less than 1 for a weight to be called a share: it is said in whole percent. */
const nearlyOne = 0.005

/** What a dormant token gives the first one, as a share only where its row has one whole to share. */
const giving = (weight: number, mass: number): string =>
  Math.abs(mass - 1) < nearlyOne
    ? `puts ${percent(weight)} of a dormant token’s attention on the first token`
    : `gives the first token a weight of ${shortNumber(weight)} from a dormant token, whose row sums to ${shortNumber(mass)}`

/** A whole number of percent; 0 is said of nothing but 0. */
const percent = (share: number) => (share > 0 && share < 0.005 ? 'less than 1 %' : `${(100 * share).toFixed(0)} %`)

/** `entmax`, or `entmax-2` for the second setting of one normalizer. */
function freeName(id: string, taken: Readonly<Record<string, unknown>>): string {
  let name = id
  for (let i = 2; name in taken; i++) name = `${id}-${i}`
  return name
}
