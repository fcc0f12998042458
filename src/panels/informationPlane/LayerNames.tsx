import { useFrame } from '../../charts/Frame.tsx'
import { nameSpots, type Box, type Pixel } from './nameSpots.ts'

export interface LayerNamesProps {
  /** Where each layer is, in data units. */
  readonly points: readonly (Pixel & { readonly text: string })[]
  /** The layers' ways, in data units. */
  readonly paths: readonly (readonly Pixel[])[]
  /** Names of the ceilings, written at the left end of the one that lies and at the foot of the one that stands. */
  readonly ceilings: readonly { readonly of: 'x' | 'y'; readonly at: number; readonly text: string }[]
}

/** Pixels between two points along a line. */
const step = 6

/** The layers' names, each where it covers neither another one nor a point. */
export function LayerNames({ points, paths, ceilings }: LayerNamesProps) {
  const { x, y, left, right, top, bottom } = useFrame('LayerNames')
  const placed = <P extends Pixel>(point: P): P => ({ ...point, x: x(point.x), y: y(point.y) })
  const written = ceilings.map(({ of, at, text }): Box => {
    const length = 6 * text.length
    return of === 'y'
      ? { left: left + 4, right: left + 4 + length, top: y(at) - 15, bottom: y(at) - 2 }
      : { left: x(at) - 4 - length, right: x(at) - 4, top: bottom - 16, bottom: bottom - 3 }
  })
  const plot = { left, right, top, bottom }
  const lines = paths.flatMap((path) => along(path.map(placed)))
  return nameSpots(points.map(placed), plot, written, lines).map((spot) => (
    <text key={spot.text} className="point-name" x={spot.x + spot.dx} y={spot.y + spot.dy} textAnchor={spot.anchor}>
      {spot.text}
    </text>
  ))
}

function along(path: readonly Pixel[]): Pixel[] {
  return path.slice(1).flatMap((to, i) => {
    const from = path[i]!
    const length = Math.hypot(to.x - from.x, to.y - from.y)
    if (!Number.isFinite(length)) return []
    const count = Math.max(1, Math.ceil(length / step))
    return Array.from({ length: count }, (_, k) => ({
      x: from.x + ((to.x - from.x) * k) / count,
      y: from.y + ((to.y - from.y) * k) / count,
    }))
  })
}
