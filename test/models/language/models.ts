import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bytesSource, type ByteSource } from '../../../src/models/readers/byteSource.ts'

/** Weights of other people, which are not kept here: SOFTSCOPE_MODELS names their folder, else they lie beside the project. */
export const modelsFolder = process.env['SOFTSCOPE_MODELS'] ?? join('..', 'shared', 'models')

/** Whether the folder has this file; tests that need one that is not there are skipped, and say so in their name. */
export const haveModel = (path: string): boolean => existsSync(join(modelsFolder, path))

export const modelBytes = (path: string): Uint8Array => readFileSync(join(modelsFolder, path))
export const modelSource = (path: string): ByteSource => bytesSource(modelBytes(path))

const fixture = (name: string) => join('test', 'fixtures', 'attention', 'language', name)

export const golden = <T>(name: string): T => JSON.parse(readFileSync(fixture(name), 'utf8')) as T

/** Numbers of a float32 NPY fixture, whatever its shape. */
export function goldenFloats(name: string): Float32Array {
  const bytes = readFileSync(fixture(name))
  const start = 10 + bytes.readUInt16LE(8)
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset + start, bytes.byteOffset + bytes.length))
}

export { worst } from './worst.ts'
