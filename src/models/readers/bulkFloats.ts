/** Whole arrays of little-endian numbers as float32, at the speed of memory: every machine that runs this is little-endian. */

/** Float32 numbers; a view of the bytes where they are aligned. */
export const floatsOf = (bytes: Uint8Array): Float32Array => new Float32Array(...aligned(bytes, 4))

/** IEEE halves, exactly. */
export function halvesOf(bytes: Uint8Array): Float32Array {
  const halves = new Uint16Array(...aligned(bytes, 2))
  const floats = new Float32Array(halves.length)
  const words = new Uint32Array(floats.buffer)
  for (let i = 0; i < halves.length; i++) {
    const half = halves[i]!
    // Exponent and fraction land in their places, 112 too low; a product sets that right for small halves too.
    words[i] = (half & 0x7fff) << 13
    floats[i]! *= 2 ** 112
    if ((half & 0x7c00) === 0x7c00) words[i]! |= 0x7f800000
    words[i]! |= (half & 0x8000) << 16
  }
  return floats
}

/** Bfloat16 numbers: upper halves of float32. */
export function brainsOf(bytes: Uint8Array): Float32Array {
  const brains = new Uint16Array(...aligned(bytes, 2))
  const words = new Uint32Array(brains.length)
  for (let i = 0; i < brains.length; i++) words[i] = brains[i]! << 16
  return new Float32Array(words.buffer)
}

/** A buffer and a place in it at which numbers of this size may start. */
function aligned(bytes: Uint8Array, size: number): [buffer: ArrayBufferLike, offset: number, length: number] {
  const { buffer, byteOffset } = bytes.byteOffset % size === 0 ? bytes : bytes.slice()
  return [buffer, byteOffset, bytes.byteLength / size]
}
