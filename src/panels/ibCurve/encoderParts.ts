import type { Joint } from '../../math/informationBottleneck/joint.ts'
import type { Cluster, CurvePoint } from './result.ts'

interface Part extends Cluster {
  /** p(y|t). */
  readonly says: readonly number[]
  /** q(t|x) for each x. */
  readonly column: readonly number[]
}

/** q(t|x) with a column for each thing that T can say of y: clusters of one p(y|t), to 1e-4, are one. */
export function encoderParts(joint: Joint, q: Float64Array): Pick<CurvePoint, 'encoder' | 'parts'> {
  const { nx } = joint
  const nt = q.length / nx
  const groups: Part[] = []
  for (let t = 0; t < nt; t++) {
    const part = partOf(
      joint,
      Array.from({ length: nx }, (_, x) => q[x * nt + t]!),
    )
    if (part.mass < 1e-9) continue
    const alike = groups.findIndex(({ says }) => says.every((given, y) => Math.abs(given - part.says[y]!) < 1e-4))
    if (alike < 0) groups.push(part)
    else
      groups[alike] = partOf(
        joint,
        part.column.map((weight, x) => weight + groups[alike]!.column[x]!),
      )
  }
  groups.sort((a, b) => a.position - b.position)
  return {
    encoder: Array.from({ length: nx }, (_, x) => groups.map(({ column }) => column[x]!)),
    parts: groups.map(({ mass, position }) => ({ mass, position })),
  }
}

function partOf({ ny, p, px }: Joint, column: readonly number[]): Part {
  let mass = 0
  const says = Array.from({ length: ny }, () => 0)
  column.forEach((weight, x) => {
    mass += weight * px[x]!
    for (let y = 0; y < ny; y++) says[y]! += weight * p[x * ny + y]!
  })
  const given = says.map((joint) => joint / mass)
  return { mass, says: given, column, position: given.reduce((sum, share, y) => sum + share * y, 0) }
}
