import { readTensor, type SafetensorsFile } from '../readers/safetensors.ts'
import { ReadError } from '../readers/numberTable.ts'
import type { TensorStore } from './tensorStore.ts'

/** The tensors of a safetensors file as float32; names may carry `prefix` in the file, or not. */
export function safetensorsStore(file: SafetensorsFile, prefix: string): TensorStore {
  const find = (name: string) => file.tensors.get(prefix + name) ?? file.tensors.get(name)
  return {
    shape: (name) => find(name)?.shape,
    async read(name, first, end) {
      const entry = find(name)
      if (entry === undefined) throw new ReadError(`tensor "${name}" is missing.`)
      const values = await readTensor(file, entry, first, end)
      return values instanceof Float32Array ? values : Float32Array.from(values)
    },
  }
}
