/** The bytes of an NPY file, written after NumPy's format description and not by our reader. */
export function npyBytes(
  data: ArrayBufferView,
  { descr, shape, fortran = false, version = 1 }: { descr: string; shape: string; fortran?: boolean; version?: number },
): Uint8Array {
  const lengthBytes = version === 1 ? 2 : 4
  const dict = `{'descr': '${descr}', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': ${shape}, }`
  const padded = dict.padEnd(Math.ceil((dict.length + 9 + lengthBytes) / 64) * 64 - 9 - lengthBytes) + '\n'
  const out = new Uint8Array(8 + lengthBytes + padded.length + data.byteLength)
  out.set([0x93, ...new TextEncoder().encode('NUMPY'), version, 0])
  const view = new DataView(out.buffer)
  if (version === 1) view.setUint16(8, padded.length, true)
  else view.setUint32(8, padded.length, true)
  out.set(new TextEncoder().encode(padded), 8 + lengthBytes)
  out.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), 8 + lengthBytes + padded.length)
  return out
}
