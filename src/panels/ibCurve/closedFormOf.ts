import {
  deterministicCurve,
  erasureCurve,
  symmetricChannelCurve,
} from '../../math/informationBottleneck/closedForms.ts'
import type { Joint } from '../../math/informationBottleneck/joint.ts'

/** A curve that is known exactly, bits. */
export interface ClosedForm {
  /** What the joint is, in words. */
  readonly name: string
  /** What β cannot show of this joint, as a sentence; absent where it shows everything. */
  readonly caveat?: string
  readonly curve: readonly { readonly I_XT: number; readonly I_TY: number }[]
}

/** Source: Kolchinsky, Tracey & Van Kuyk 2019, arXiv:1808.07593. */
const cornerOnly =
  'Since y is a function of x, every β above 1 gives the corner, T = y, and none the points on the line below it.'

const same = (a: number, b: number) => Math.abs(a - b) < 1e-12

/** The closed form of a joint that has one, recognised from its numbers; else null. */
export function closedFormOf(joint: Joint): ClosedForm | null {
  const { nx, ny, px, channel, H_X, H_Y } = joint
  const uniform = px.every((mass) => same(mass, 1 / nx))
  const draw = (name: string, of: (I_XT: number) => number, upTo = H_X): ClosedForm => ({
    name,
    curve: Array.from({ length: 101 }, (_, k) => {
      const I_XT = (k / 100) * upTo
      return { I_XT: I_XT / Math.LN2, I_TY: of(I_XT) / Math.LN2 }
    }),
  })
  if (channel.every((given) => same(given, 0) || same(given, 1)))
    return {
      ...draw('y is a function of x', (I_XT) => deterministicCurve(H_Y, I_XT)),
      ...(H_Y > 0 && { caveat: cornerOnly }),
    }
  if (nx === 2 && ny === 2 && uniform && same(channel[0]!, channel[3]!)) {
    const crossover = Math.min(channel[0]!, channel[1]!)
    return draw(`a binary symmetric channel, ε = ${crossover.toPrecision(3)}`, (I_XT) =>
      symmetricChannelCurve(crossover, I_XT),
    )
  }
  const erasure = erasureShare(joint)
  if (erasure !== null)
    return draw(`an erasure channel, e = ${erasure.toPrecision(3)}`, (I_XT) => erasureCurve(erasure, I_XT))
  return null
}

/** The share lost, where each x is either heard as itself or lost in one common column; else null. */
function erasureShare({ nx, ny, channel }: Joint): number | null {
  if (ny !== nx + 1) return null
  for (let lost = 0; lost < ny; lost++) {
    const share = channel[lost]!
    const fits = Array.from({ length: nx }, (_, x) => {
      const row = channel.subarray(x * ny, (x + 1) * ny)
      const heard = [...row.keys()].filter((y) => y !== lost && row[y]! > 1e-12)
      return same(row[lost]!, share) && heard.length === 1 ? heard[0]! : -1
    })
    if (share < 1 && fits.every((y) => y >= 0) && new Set(fits).size === nx) return share
  }
  return null
}
