import { dependenceSpectrum } from './criticalBetas.ts'
import type { Joint } from './joint.ts'

/** Up to this many values of x, every set of them is a candidate: 2¹² of them. */
const mostListed = 12
/** Candidates that are followed down a little, and those of them that are followed to the end. */
const [tried, finished] = [32, 4]
const [trialRounds, mostRounds] = [12, 300]

/** A distribution r on x as ln(r / p_X), and KL(r ‖ p_X) / KL(r_Y ‖ p_Y) there. */
interface Place {
  readonly z: Float64Array
  readonly ratio: number
}

/**
 * The least β at which anything is worth keeping: below it the best encoder keeps nothing, above it never.
 *   β₀ = inf_r KL(r ‖ p_X) / KL(r_Y ‖ p_Y),  r_Y(y) = Σ_x r(x) p(y|x),  r over the distributions on x other than p_X
 * It is the inverse of the constant of the strong data-processing inequality, from 1 to 1 / σ₂²; the upper end is the
 * limit r → p_X, where the trivial encoder stops being a local minimum. From the best of p(x|A), A any set of x (of more
 * than twelve x: singles and pairs), and of p(x|y), r is moved so that the ratio never rises. Infinity where x and y are
 * independent.
 * O(2^nx nx ny). Source: Anantharam, Gohari, Kamath & Nair 2013, arXiv:1304.6133; Wu et al. 2019, arXiv:1907.07331.
 */
export function onsetBeta(joint: Joint): number {
  const sigma = dependenceSpectrum(joint)[1] ?? 0
  if (sigma < 1e-9) return Infinity
  const byRatio = (a: Pick<Place, 'ratio'>, b: Pick<Place, 'ratio'>) => a.ratio - b.ratio
  const sets = candidates(joint)
    .map((r) => ({ r, ratio: ratioAt(joint, r) }))
    .sort(byRatio)
    .slice(0, tried)
  const begun = sets
    .map(({ r }) => descend(joint, placeOf(joint, r), trialRounds))
    .sort(byRatio)
    .slice(0, finished)
  const ended = begun.map((place) => descend(joint, place, mostRounds).ratio)
  return Math.max(1, Math.min(1 / sigma ** 2, sets[0]?.ratio ?? Infinity, ...ended))
}

function candidates({ nx, ny, p, px, py }: Joint): Float64Array[] {
  const found: Float64Array[] = []
  const add = (inside: (x: number) => number) => {
    const r = Float64Array.from({ length: nx }, (_, x) => inside(x))
    const total = r.reduce((sum, value) => sum + value, 0)
    if (total > 0) found.push(r.map((value) => value / total))
  }
  if (nx <= mostListed) for (let set = 1; set < 2 ** nx - 1; set++) add((x) => ((set >> x) & 1) * px[x]!)
  else for (let a = 0; a < nx; a++) for (let b = a; b < nx; b++) add((x) => (x === a || x === b ? px[x]! : 0))
  for (let y = 0; y < ny; y++) if (py[y]! > 0) add((x) => p[x * ny + y]!)
  return found
}

/** A candidate with 2 % of p(x) mixed in, since a step revives no x that has no mass. */
function placeOf(joint: Joint, candidate: Float64Array): Place {
  const z = candidate.map((value, x) => Math.log(0.98 * (value / joint.px[x]!) + 0.02))
  return { z, ratio: ratioAt(joint, distribution(joint, z)) }
}

/** Rounds of two steps and a leap along them, taken back where it does not lower the ratio. */
function descend(joint: Joint, start: Place, rounds: number): Place {
  let here = start
  for (let round = 0; round < rounds; round++) {
    const first = stepFrom(joint, here)
    const second = stepFrom(joint, first)
    const leapt = leap(joint, here, first, second)
    const next = leapt.ratio < second.ratio ? leapt : second
    // The limit at p(x) itself is known: 1 / σ₂². Nearer than this the ratio is round-off.
    if (next.z.every((value) => Math.abs(value) < 1e-4)) return here
    if (!(here.ratio - next.ratio > 1e-15 * here.ratio)) return here
    here = next
  }
  return here
}

/** With β the ratio, r ∝ p(x) exp(β Σ_y p(y|x) ln(r_y / p_y)) lowers KL(r ‖ p_X) − β KL(r_Y ‖ p_Y) from 0, hence the ratio. */
function stepFrom(joint: Joint, { z, ratio }: Place): Place {
  const { nx, ny, py, channel } = joint
  const ry = outputOf(joint, distribution(joint, z))
  const next = new Float64Array(nx)
  for (let x = 0; x < nx; x++)
    for (let y = 0; y < ny; y++) {
      const given = channel[x * ny + y]!
      if (given > 0) next[x]! += ratio * given * Math.log(ry[y]! / py[y]!)
    }
  return settledAt(joint, next)
}

/** Squared extrapolation (Varadhan & Roland 2008, doi:10.1111/j.1467-9469.2007.00585.x). */
function leap(joint: Joint, here: Place, first: Place, second: Place): Place {
  const r = first.z.map((value, x) => value - here.z[x]!)
  const v = second.z.map((value, x) => value - first.z[x]! - r[x]!)
  const length = Math.sqrt(squares(r) / squares(v))
  if (!(length > 1) || !Number.isFinite(length)) return second
  return settledAt(
    joint,
    here.z.map((value, x) => value + 2 * length * r[x]! + length ** 2 * v[x]!),
  )
}

const squares = (values: Float64Array) => values.reduce((sum, value) => sum + value * value, 0)

/** ln(r / p) from itself up to a constant; an r of less than e⁻⁷⁰⁰ of p stays there. */
function settledAt(joint: Joint, scores: Float64Array): Place {
  const largest = scores.reduce((most, score) => Math.max(most, score), -Infinity)
  const total = scores.reduce((sum, score, x) => sum + joint.px[x]! * Math.exp(score - largest), 0)
  const z = scores.map((score) => Math.max(-700, score - largest - Math.log(total)))
  return { z, ratio: ratioAt(joint, distribution(joint, z)) }
}

const distribution = ({ px }: Joint, z: Float64Array) => z.map((value, x) => px[x]! * Math.exp(value))

function outputOf({ nx, ny, channel }: Joint, r: Float64Array): Float64Array {
  const ry = new Float64Array(ny)
  for (let x = 0; x < nx; x++) for (let y = 0; y < ny; y++) ry[y]! += r[x]! * channel[x * ny + y]!
  return ry
}

/** KL(r ‖ p_X) / KL(r_Y ‖ p_Y); Infinity where y does not tell r from p. */
function ratioAt(joint: Joint, r: Float64Array): number {
  const { nx, ny, px, py, channel } = joint
  const ry = outputOf(joint, r)
  let above = 0
  for (let x = 0; x < nx; x++) above += divergenceTerm(r[x]!, px[x]!, r[x]! - px[x]!)
  let below = 0
  for (let y = 0; y < ny; y++) {
    if (!(py[y]! > 0)) continue
    // From the differences in x, which lose fewer digits near p than r_y − p_y would.
    let apart = 0
    for (let x = 0; x < nx; x++) apart += (r[x]! - px[x]!) * channel[x * ny + y]!
    below += divergenceTerm(ry[y]!, py[y]!, apart)
  }
  return below > 1e-14 * above ? above / below : Infinity
}

/** r ln(r / p) − r + p, which sums to the divergence and is never below 0; `apart` is r − p. */
function divergenceTerm(r: number, p: number, apart: number): number {
  const u = apart / p
  // (1 + u) ln(1 + u) − u by its series, where the terms cancel.
  if (Math.abs(u) < 1e-3) return apart * u * (1 / 2 - u * (1 / 6 - u * (1 / 12 - u / 20)))
  return r > 0 ? r * Math.log(r / p) - apart : p
}
