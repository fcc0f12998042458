import type { DataTable } from '../panels/contract.ts'
import { isFields, type Fields } from './fields.ts'
import { hash128 } from './hash128.ts'
import type { DataStore } from './surroundings.ts'

const keyPattern = /^data-[0-9a-f]{32}$/

/** The keys of tables that an experiment names, each once. */
export function tableKeys(experiment: unknown): string[] {
  const keys = new Set<string>()
  const visit = (value: unknown): void => {
    if (typeof value === 'string' && keyPattern.test(value)) keys.add(value)
    else if (Array.isArray(value)) value.forEach(visit)
    else if (isFields(value)) Object.values(value).forEach(visit)
  }
  visit(experiment)
  return [...keys]
}

/** Those of the keys that this browser does not have. */
export async function missingTables(experiment: Fields, data: DataStore): Promise<string[]> {
  const keys = tableKeys(experiment)
  const found = await Promise.all(keys.map((key) => data.find(key)))
  return keys.filter((_, i) => found[i] === null)
}

/** The key of a table: a hash of its shape, values and words, so that the same file has the same key everywhere. */
export function tableKey({ rows, cols, values, rowNames }: Omit<DataTable, 'key' | 'name'>): string {
  const numbers = new Uint32Array(values.buffer, values.byteOffset, values.length * 2)
  const sizes = [rows, cols, values.length]
  if (rowNames === undefined) return `data-${hash128(sizes, numbers)}`
  const text = new TextEncoder().encode(rowNames.join('\n'))
  const all = new Uint32Array(numbers.length + text.length)
  all.set(numbers)
  all.set(text, numbers.length)
  return `data-${hash128(sizes, all)}`
}
