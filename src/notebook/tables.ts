import type { DataTable } from '../panels/contract.ts'
import { isFields, type Fields } from './yaml.ts'
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

/**
 * The key of a table: a 128-bit hash of its shape and values, so that the same file has the same key everywhere, also on
 * pages where the browser's own digests are refused. It tells tables apart; it is no protection against forgery.
 */
export function tableKey({ rows, cols, values }: Pick<DataTable, 'rows' | 'cols' | 'values'>): string {
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length * 2)
  let [a, b, c, d] = [rows ^ 0x9e3779b9, cols ^ 0x85ebca6b, values.length ^ 0xc2b2ae35, 0x27d4eb2f]
  for (let i = 0; i < words.length; i += 2) {
    const low = words[i] ?? 0
    const high = words[i + 1] ?? 0
    a = Math.imul(a ^ low, 0x9e3779b1)
    b = Math.imul(b ^ high, 0x85ebca77)
    c = Math.imul(c ^ (low + a), 0xc2b2ae3d)
    d = Math.imul(d ^ (high + b), 0x27d4eb2f)
    a = rotated(a, 13) + d
    b = rotated(b, 17) + a
    c = rotated(c, 11) + b
    d = rotated(d, 19) + c
  }
  const lanes = [a, b, c, d].map((lane, i, all) => mixed(lane ^ rotated(all[(i + 1) % 4] ?? 0, 7 + i)))
  return `data-${lanes.map((lane) => lane.toString(16).padStart(8, '0')).join('')}`
}

const rotated = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits))

/** Every bit of the result depends on every bit of the word. */
function mixed(word: number): number {
  let x = word ^ (word >>> 16)
  x = Math.imul(x, 0x7feb352d)
  x ^= x >>> 15
  x = Math.imul(x, 0x846ca68b)
  return (x ^ (x >>> 16)) >>> 0
}
