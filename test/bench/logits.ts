/** Standard normal logits times `spread`, seeded: the same everywhere. */
export function normalLogits(length: number, spread: number): Float64Array {
  let state = 1
  const uniform = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 4294967296
  return Float64Array.from(
    { length },
    () => spread * Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
  )
}
