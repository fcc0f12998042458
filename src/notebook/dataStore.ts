import type { DataTable } from '../panels/contract.ts'
import type { Shelf } from './shelf.ts'
import type { DataStore } from './surroundings.ts'
import { tableKey } from './tables.ts'

/** Keeps tables for this visit, and on the shelf for later ones where the browser lets us. */
export function createDataStore(shelf: Shelf): DataStore {
  const here = new Map<string, DataTable>()
  return {
    async keep(table) {
      const key = tableKey(table)
      const kept = { ...table, key }
      here.set(key, kept)
      return { key, kept: (await shelf.put(key, kept)) ? 'here' : 'this-visit' }
    },
    async find(key) {
      const known = here.get(key)
      if (known) return known
      const stored = await shelf.get(key)
      if (!isTable(stored) || stored.key !== key) return null
      here.set(key, stored)
      return stored
    },
  }
}

/** What lies in a browser's storage may be of another time or another program. */
function isTable(value: unknown): value is DataTable {
  if (typeof value !== 'object' || value === null) return false
  const { key, name, rows, cols, values } = value as Record<string, unknown>
  return (
    typeof key === 'string' &&
    typeof name === 'string' &&
    typeof rows === 'number' &&
    typeof cols === 'number' &&
    values instanceof Float64Array &&
    values.length === rows * cols
  )
}
