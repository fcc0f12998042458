import type { Rng } from '../random/rng.ts'
import { optimalityCertificate } from './certificate.ts'
import { dependenceSpectrum } from './criticalBetas.ts'
import { Encoder } from './encoder.ts'
import { entropy, type Joint } from './joint.ts'

/** Nats: less than this is rounding. */
const slack = 1e-10

/**
 * The β from which on something is worth keeping: the least of D(r ‖ p(x)) / D(r W ‖ p(y)) over the distributions r on
 * x, W = p(y|x). That is 1 / σ₂², where the trivial encoder loses its balance, or less, where a far better one comes
 * before. From 1 / σ₂² down: the best further cluster at β gives a ratio, which is the next β (Dinkelbach 1967). Exact up
 * to the starts that `optimalityCertificate` probes. Infinity where x and y are independent.
 * Source: Anantharam, Gohari, Kamath & Nair 2013, arXiv:1304.6133; Wu et al. 2019, arXiv:1907.07331.
 */
export function onsetBeta(joint: Joint, rng: Rng): number {
  const sigma = dependenceSpectrum(joint)[1] ?? 0
  if (sigma < 1e-9) return Infinity
  const nothing = new Encoder(joint, new Float64Array(joint.nx).fill(1))
  let beta = 1 / sigma ** 2
  for (let step = 0; step < 50; step++) {
    nothing.step(beta)
    const { value, at } = optimalityCertificate(nothing, beta, rng)
    if (value > -slack) return beta
    const next = informationRatio(joint, at)
    if (!(next < beta)) return beta
    beta = next
  }
  return beta
}

/** D(r ‖ p(x)) / D(r W ‖ p(y)). */
function informationRatio({ nx, ny, px, py, channel }: Joint, r: Float64Array): number {
  const ry = py.map((_, y) => r.reduce((sum, share, x) => sum + share * channel[x * ny + y]!, 0))
  const cross = (a: Float64Array, b: Float64Array, n: number) => {
    let sum = 0
    for (let i = 0; i < n; i++) if (a[i]! > 0) sum -= a[i]! * Math.log(b[i]!)
    return sum - entropy(a)
  }
  return cross(r, px, nx) / cross(ry, py, ny)
}
