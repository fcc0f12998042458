const word = new Uint32Array(1)
const float = new Float32Array(word.buffer)

/** The value of an IEEE half (1 sign, 5 exponent, 10 fraction bits), from its 16 bits. */
export function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN
  if (exponent === 0) return sign * fraction * 2 ** -24
  return sign * (1024 + fraction) * 2 ** (exponent - 25)
}

/** The value of a bfloat16: the upper half of a float32's bits. */
export function bfloat16ToNumber(bits: number): number {
  word[0] = bits << 16
  return float[0]!
}
