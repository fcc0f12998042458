/** Position 1 turns the first pair by one radian and the last by nearly 1/θ. Source: Su et al. 2021, arXiv:2104.09864. */
const theta = 10_000

/** Cosine and sine of each position and pair of neighbouring entries: shape [length, headWidth / 2, 2]. */
export function rotaryTurns(length: number, headWidth: number): Float64Array {
  const turns = new Float64Array(length * headWidth)
  for (let t = 0; t < length; t++)
    for (let c = 0; c < headWidth; c += 2) {
      const angle = t * theta ** (-c / headWidth)
      turns[t * headWidth + c] = Math.cos(angle)
      turns[t * headWidth + c + 1] = Math.sin(angle)
    }
  return turns
}
