/** What a file holds of one tensor. */
interface Tensor {
  readonly shape: readonly number[]
  readonly values: ArrayLike<number>
}

/** A safetensors file, written after the format's description and not by our reader: float32, or 16 bits a number as given. */
export function safetensorsBytes(
  tensors: Readonly<Record<string, Tensor>>,
  metadata: Readonly<Record<string, string>> = {},
  dtype: 'F32' | 'F16' | 'BF16' = 'F32',
): Uint8Array {
  const size = dtype === 'F32' ? 4 : 2
  const header: Record<string, unknown> = { __metadata__: metadata }
  let at = 0
  for (const [name, { shape, values }] of Object.entries(tensors)) {
    header[name] = { dtype, shape, data_offsets: [at, at + size * values.length] }
    at += size * values.length
  }
  const text = new TextEncoder().encode(JSON.stringify(header))
  const out = new Uint8Array(8 + text.length + at)
  const view = new DataView(out.buffer)
  view.setBigUint64(0, BigInt(text.length), true)
  out.set(text, 8)
  let byte = 8 + text.length
  for (const { values } of Object.values(tensors))
    for (const value of Array.from(values)) {
      if (dtype === 'F32') view.setFloat32(byte, value, true)
      else view.setUint16(byte, value, true)
      byte += size
    }
  return out
}
