import { FigureTable } from '../../charts/FigureTable.tsx'
import { shortNumber } from '../../charts/numberFormat.ts'
import type { SinkRun } from './compute.ts'
import { costWords, evictionCosts, saidSize } from './evictionWords.ts'
import { groupsOf } from './lookedAt.ts'
import { runName } from './runName.ts'

export interface EvictionProps {
  readonly runs: readonly SinkRun[]
}

/** What becomes of the trained models when the first token is evicted from a small cache. */
export function Eviction({ runs }: EvictionProps) {
  const parts = groupsOf(runs).flatMap((group) => {
    const costs = evictionCosts(group)
    return costs.length === 0 ? [] : [`of ${runName(runs, group.runs[0]!)} ${costWords(costs)}`]
  })
  if (parts.length === 0) return null
  return (
    <p className="sinks-note sinks-more">
      Once trained, with a cache of {saidSize} tokens: to hold the {saidSize} newest instead of the first and the{' '}
      {saidSize - 1} newest costs a dormant token {parts.join(', ')}.
    </p>
  )
}

/** The losses behind it, of every cache that was tried. */
export function EvictionTable({ runs }: EvictionProps) {
  const all = runs.flatMap((run) =>
    run.evicted.map(({ size, keepsFirst, dormantExcess, triggerLoss }) => ({
      name: `${runName(runs, run)}, seed ${run.seed}, ${cacheWords(size, keepsFirst)}`,
      cells: [dormantExcess, triggerLoss].map((loss) => shortNumber(loss)),
    })),
  )
  if (all.length === 0) return null
  return (
    <FigureTable
      caption="Losses of the trained models with a bounded cache, over the later half of the evaluation sequences’ tokens"
      rowTitle="model and cache"
      rows={all.map(({ name }) => name)}
      columns={['Loss elsewhere above the least possible, nats', 'Loss at triggers, nats'].map((title, i) => ({
        title,
        cells: all.map(({ cells }) => cells[i]!),
      }))}
    />
  )
}

function cacheWords(size: number, keepsFirst: boolean): string {
  if (!keepsFirst) return `the ${size} newest tokens`
  return size === 2 ? 'the first token and the newest' : `the first token and the ${size - 1} newest`
}
