/**
 * An array as NumPy's np.load reads it: version 1, little-endian float32, C order.
 * @param values  row-major, as many as the shape says; rounded to float32
 */
export function writeNpy(shape: readonly number[], values: ArrayLike<number>): Uint8Array<ArrayBuffer> {
  const spelled = `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`
  const header = `{'descr': '<f4', 'fortran_order': False, 'shape': ${spelled}, }`
  // The numbers start at a multiple of 64 bytes; ten bytes stand before the header, a line break ends it.
  const start = Math.ceil((10 + header.length + 1) / 64) * 64
  const text = `${header.padEnd(start - 11)}\n`
  const out = new Uint8Array(start + 4 * values.length)
  const view = new DataView(out.buffer)
  out.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0])
  view.setUint16(8, text.length, true)
  out.set(new TextEncoder().encode(text), 10)
  for (let i = 0; i < values.length; i++) view.setFloat32(start + 4 * i, values[i]!, true)
  return out
}
