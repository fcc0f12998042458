/** A float32 safetensors file, written after the format's description and not by our reader. */
export function safetensorsBytes(
  tensors: Readonly<Record<string, { readonly shape: readonly number[]; readonly values: ArrayLike<number> }>>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: metadata }
  let at = 0
  for (const [name, { shape, values }] of Object.entries(tensors)) {
    header[name] = { dtype: 'F32', shape, data_offsets: [at, at + 4 * values.length] }
    at += 4 * values.length
  }
  const text = new TextEncoder().encode(JSON.stringify(header))
  const out = new Uint8Array(8 + text.length + at)
  const view = new DataView(out.buffer)
  view.setBigUint64(0, BigInt(text.length), true)
  out.set(text, 8)
  let byte = 8 + text.length
  for (const { values } of Object.values(tensors))
    for (const value of Array.from(values)) {
      view.setFloat32(byte, value, true)
      byte += 4
    }
  return out
}
