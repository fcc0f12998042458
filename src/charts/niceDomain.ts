import { nice } from 'd3-array'

/** Tops that a scale of weights may have: few, so that the scale rests while one drags. */
const tops = [1, 0.75, 0.5, 0.25, 0.1, 0.05, 0.025, 0.01]

/** The scale that all multiples share: from 0, or below where a weight is negative, to a round number above the largest. */
export function weightDomain(low: number, high: number): readonly [number, number] {
  return [low < 0 ? -roundTop(-low) : 0, high <= 0 && low < 0 ? 0 : roundTop(high)]
}

function roundTop(size: number): number {
  if (!(size > 0) || !Number.isFinite(size)) return 1
  if (size > 1) return size <= 1 + 1e-9 ? 1 : nice(0, size, 4)[1]
  const fitting = tops.filter((top) => top >= size - 1e-9).at(-1) ?? 1
  return fitting > 0.01 || size > 0.005 ? fitting : nice(0, size, 4)[1]
}

/** The scale of logits: 0 is on it, and there is air at both ends to drag into. */
export function logitDomain(logits: ArrayLike<number>): readonly [number, number] {
  let low = 0
  let high = 0
  for (let i = 0; i < logits.length; i++) {
    const logit = logits[i]!
    if (!Number.isFinite(logit)) continue
    if (logit < low) low = logit
    if (logit > high) high = logit
  }
  const air = Math.max((high - low) * 0.15, 0.5)
  return nice(Math.min(low - air, -1), high + air, 6)
}
