import { mergedColumns } from '../../math/informationBottleneck/clusters.ts'
import { Encoder } from '../../math/informationBottleneck/encoder.ts'
import { clusterTolerance } from '../../math/informationBottleneck/ibCurve.ts'
import type { Joint } from '../../math/informationBottleneck/joint.ts'
import type { CurvePoint } from './result.ts'

/** q(t|x) with a column for each thing that T can say of y, ordered by where it points. @param encoder  of `ibCurve` */
export function encoderParts(joint: Joint, encoder: Float64Array): Pick<CurvePoint, 'encoder' | 'parts'> {
  const { nx, ny } = joint
  const { nt, q, pt, decoder } = new Encoder(joint, mergedColumns(new Encoder(joint, encoder), clusterTolerance))
  const parts = Array.from(pt, (mass, t) => {
    const says = decoder.subarray(t * ny, (t + 1) * ny)
    return { t, mass, position: says.reduce((sum, share, y) => sum + share * y, 0) }
  }).sort((a, b) => a.position - b.position)
  return {
    encoder: Array.from({ length: nx }, (_, x) => parts.map(({ t }) => q[x * nt + t]!)),
    parts: parts.map(({ mass, position }) => ({ mass, position })),
  }
}
