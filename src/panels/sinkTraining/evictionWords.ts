import type { SinkRun } from './compute.ts'
import type { RunGroup } from './lookedAt.ts'

/** The cache whose cost is said in words; tokens. */
export const saidSize = 4

/** What it costs a dormant token, nats, that a cache holds one more new token in place of the first: a number a seed. */
export function evictionCosts({ runs }: Pick<RunGroup, 'runs'>, size = saidSize): number[] {
  return runs.flatMap(({ evicted }) => {
    const without = lossOf(evicted, size, false)
    const kept = lossOf(evicted, size, true)
    return without === null || kept === null ? [] : [without - kept]
  })
}

const lossOf = (evicted: SinkRun['evicted'], size: number, keepsFirst: boolean): number | null =>
  evicted.find((each) => each.size === size && each.keepsFirst === keepsFirst)?.dormantExcess ?? null

/** `0.49 nats`, `0.49 nats (0.29 to 0.83)`, `−0.02 nats`, or `less than 0.01 nats`. */
export function costWords(costs: readonly number[]): string {
  const mean = costs.reduce((sum, cost) => sum + cost / costs.length, 0)
  const [low, high] = [Math.min(...costs), Math.max(...costs)]
  if (Math.max(Math.abs(low), Math.abs(high)) < 0.005) return 'less than 0.01 nats'
  const cost = `${signed(mean)} nats`
  return costs.length === 1 ? cost : `${cost} (${signed(low)} to ${signed(high)})`
}

const signed = (cost: number) => cost.toFixed(2).replace(/^-/, '−')
