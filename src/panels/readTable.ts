import { parseNumbers } from '../models/readers/parseNumbers.ts'
import type { DataTable } from './contract.ts'

/**
 * Reads a file of numbers (text, CSV, JSON, NPY).
 * @throws ReadError that says what is wrong, where, and what would be right
 */
export async function readTable(file: Blob, name: string): Promise<Omit<DataTable, 'key'>> {
  const { rows, cols, values, lines, names, rowNames } = parseNumbers(new Uint8Array(await file.arrayBuffer()), name)
  return { name, rows, cols, values, ...(lines && { lines }), ...(names && { names }), ...(rowNames && { rowNames }) }
}
