import { normalizerById } from '../../math/normalizers/index.ts'
import type { PanelResult, Published } from '../contract.ts'
import type { SinkRun } from './compute.ts'

const published = ['loss', 'triggerLoss', 'dormantExcess', 'bosAttention', 'alpha0', 'sinkRate', 'rowMass'] as const
const alsoPublished = ['triggerPrevious', 'exactZeros', 'valueRatio', 'kurtosis', 'maxOverMedian'] as const

/** The newest state of every normalizer, in words and numbers; means over the seeds that have it. */
export function described(runs: readonly SinkRun[], uniformAlpha0: number): Pick<PanelResult, 'sentence' | 'values'> {
  const keyOf = ({ normalizer, params }: SinkRun) => JSON.stringify([normalizer, params])
  const values: Record<string, Published | number> = { uniformAlpha0 }
  const parts: string[] = []
  for (const key of new Set(runs.map(keyOf))) {
    const mine = runs.filter((run) => keyOf(run) === key && run.steps.length > 0)
    const newest = mine.map(({ steps }) => steps.at(-1)!)
    const id = mine[0]?.normalizer ?? ''
    if (newest.length === 0) continue
    const mean = (name: (typeof published | typeof alsoPublished)[number]) =>
      newest.reduce((sum, reading) => sum + reading[name] / newest.length, 0)
    const names = [...published, ...alsoPublished]
    values[freeName(id, values)] = {
      step: newest.at(-1)!.step,
      ...Object.fromEntries(names.map((name) => [name, mean(name)])),
    }
    const bos = (100 * mean('bosAttention')).toFixed(0)
    parts.push(`${normalizerById(id)?.label ?? id} puts ${bos} % of a dormant token's attention on the first token`)
  }
  const stopped = runs.flatMap((run) => (run.stopped === null ? [] : [`${run.normalizer}: ${run.stopped}`]))
  const step = Math.max(...runs.flatMap(({ steps }) => steps.map((reading) => reading.step)), 0)
  const sentence = parts.length > 0 ? `Step ${step}: ${parts.join('; ')}.` : 'Nothing is trained yet.'
  return { sentence: [sentence, ...new Set(stopped)].join(' '), values }
}

/** `entmax`, or `entmax-2` for the second setting of one normalizer. */
function freeName(id: string, taken: Readonly<Record<string, unknown>>): string {
  let name = id
  for (let i = 2; name in taken; i++) name = `${id}-${i}`
  return name
}
