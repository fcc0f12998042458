/** Powers of ten for a log axis, from the highest down, and no more than `most` of them: then every second, every third. */
export function decades(low: number, high: number, most: number): number[] {
  const [first, last] = [Math.ceil(Math.log10(low)), Math.floor(Math.log10(high))]
  const every = Math.ceil((last - first + 1) / most)
  return Array.from({ length: Math.floor((last - first) / every) + 1 }, (_, k) => Number(`1e${last - k * every}`))
}
