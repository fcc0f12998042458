import { backcopyNames } from '../../models/tasks/backcopyNames.ts'

/** Where a token's attention goes. */
export const rowPartNames = [
  'on the first token',
  'on itself',
  'on the one before',
  'on triggers',
  'elsewhere',
] as const

export interface RowParts {
  /** In the order of {@link rowPartNames}; a token counts in the first that fits. */
  readonly spent: readonly number[]
  /** What is left of a budget of 1; 0 where a row spends more. */
  readonly unspent: number
}

/**
 * Sums a row of attention by what its keys are.
 * @param map  [T, T], row-major
 */
export function rowParts(map: Float32Array, triggers: readonly boolean[], query: number): RowParts {
  const T = triggers.length
  const spent = rowPartNames.map(() => 0)
  for (let key = 0; key <= query; key++) spent[partOf(query, key, triggers)]! += map[query * T + key]!
  const total = spent.reduce((sum, part) => sum + part, 0)
  // A float32 row that sums to 1 does so to some 1e-7.
  const left = 1 - total
  return { spent, unspent: left > 1e-5 ? left : 0 }
}

function partOf(query: number, key: number, triggers: readonly boolean[]): number {
  if (key === 0) return 0
  if (key === query) return 1
  if (key === query - 1) return 2
  return triggers[key] ? 3 : 4
}

/** Queries in the order they are drawn: as they come, or triggers first. */
export function queryOrder(triggers: readonly boolean[], triggersFirst: boolean): number[] {
  const all = triggers.map((_, i) => i)
  return triggersFirst ? [...all.filter((i) => triggers[i]), ...all.filter((i) => !triggers[i])] : all
}

/** A token by its name in the toy language and its place, counted from 1. */
export const tokenName = (tokens: readonly number[], at: number): string =>
  `“${backcopyNames[tokens[at]!] ?? tokens[at]}” (${at + 1})`
