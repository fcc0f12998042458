import { median } from './table.ts'

/** Cost of one run of a variant, in milliseconds. */
export type Measure = (variant: string) => number | Promise<number>

export interface Comparison {
  /** Median cost, ms. */
  readonly cost: number
  /** Median of the ratios to `base` of the same round. */
  readonly ratio: (base: string) => number
}

/**
 * Measures variants side by side: each once a round, in order and in reverse order by turns, so that what drifts on
 * the machine hits all alike. One unmeasured run goes before.
 */
export async function alternate(
  variants: readonly string[],
  rounds: number,
  measure: Measure,
): Promise<ReadonlyMap<string, Comparison>> {
  const costs = new Map<string, number[]>(variants.map((variant) => [variant, []]))
  for (const variant of variants) await measure(variant)
  for (let round = 0; round < rounds; round++)
    for (const variant of round % 2 === 0 ? variants : [...variants].reverse())
      costs.get(variant)!.push(await measure(variant))
  return new Map(
    [...costs].map(([variant, mine]) => [
      variant,
      {
        cost: median(mine),
        ratio: (base) => median(mine.map((cost, round) => cost / costs.get(base)![round]!)),
      },
    ]),
  )
}
