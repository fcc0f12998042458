import { counted } from '../math/counted.ts'
import { readFile } from 'node:fs/promises'
import type { Matrix } from '../math/index.ts'
import { isNpy, readNpy } from '../models/readers/npy.ts'
import { nearest } from './nearest.ts'

/** An input line as an object whose fields are still to be checked. */
export type LineFields = Readonly<Record<string, unknown>>

/**
 * @param fields  those a line may have; others are let through unless they are nearly one of these
 * @param otherNames  what one may take a field's name to be: the name, and the field that is meant
 * @throws if the text is no JSON object, or a field is misspelt
 */
export function readFields(
  text: string,
  fields: readonly string[],
  example: string,
  otherNames: Readonly<Record<string, string>> = {},
): LineFields {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`this is not JSON (${reason}); write one object a line: ${example}`)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`the line is ${shown(value)}; it must be an object, such as ${example}`)
  }
  const line = value as LineFields
  for (const key of Object.keys(line)) {
    if (fields.includes(key)) continue
    const other = Object.hasOwn(otherNames, key.toLowerCase()) ? otherNames[key.toLowerCase()]! : null
    const meant = other ?? nearest(key, fields)
    if (meant !== null && (other !== null || line[meant] === undefined)) {
      throw new Error(`"${key}" is not a field; write "${meant}"`)
    }
  }
  return line
}

/**
 * The matrix of a line: rows of numbers in the field of this name, or a file named in "npy".
 * @throws if there is none, or both; if rows differ in length; if an entry is not a finite number
 */
export async function readMatrix(line: LineFields, name: string, example: string): Promise<Matrix> {
  const { [name]: rows, npy } = line
  if (rows !== undefined && npy !== undefined) throw new Error(`"${name}" and "npy" are both given; leave one out`)
  if (npy !== undefined) return readNpyFile(npy)
  if (rows === undefined) throw new Error(`"${name}" is missing; write ${example}`)
  return matrixOf(name, rows)
}

async function readNpyFile(file: unknown): Promise<Matrix> {
  if (typeof file !== 'string') throw new Error(`"npy" is ${shown(file)}; it must be the name of a file`)
  const bytes = await readFile(file).catch((error: unknown) => {
    throw new Error(`"npy" cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  })
  if (!isNpy(bytes)) throw new Error(`${file} is not an NPY file; write one with np.save`)
  try {
    const { rows, cols, values } = readNpy(bytes)
    return { rows, cols, values }
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}

function matrixOf(name: string, rows: unknown): Matrix {
  const right = `"${name}" must be an array of rows, such as [[1,2],[3,4]]`
  if (!Array.isArray(rows)) throw new Error(`"${name}" is ${shown(rows)}; ${right}`)
  const first: unknown = rows[0]
  const cols = Array.isArray(first) ? first.length : 0
  if (cols === 0) throw new Error(`"${name}" has no entries in its first row; ${right}`)
  const values = new Float64Array(rows.length * cols)
  rows.forEach((row: unknown, r) => {
    if (!Array.isArray(row)) throw new Error(`"${name}" has ${shown(row)} as row ${r}; ${right}`)
    if (row.length !== cols) {
      throw new Error(
        `row ${r} of "${name}" has ${counted(row.length, 'entry', 'entries')}, but row 0 has ${cols}; give every row as many`,
      )
    }
    row.forEach((entry: unknown, c) => (values[r * cols + c] = finite(`"${name}"`, `row ${r}, column ${c}`, entry)))
  })
  return { rows: rows.length, cols, values }
}

/** A row of finite numbers, or null where the field is absent or null. */
export function readVector(line: LineFields, name: string, length: number): Float64Array | null {
  const value = line[name]
  if (value === undefined || value === null) return null
  if (!Array.isArray(value)) throw new Error(`"${name}" is ${shown(value)}; it must be an array of numbers`)
  if (value.length !== length)
    throw new Error(`"${name}" has ${counted(value.length, 'entry', 'entries')}; it must have ${length}`)
  return Float64Array.from(value, (entry: unknown, i) => finite(`"${name}"`, `entry ${i}`, entry))
}

function finite(name: string, place: string, entry: unknown): number {
  if (typeof entry === 'number' && Number.isFinite(entry)) return entry
  throw new Error(`${name} has ${shown(entry)} at ${place}; entries must be finite numbers`)
}

/** A value as a message shows it, cut after 40 characters. */
export function shown(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : JSON.stringify(value)
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}
