import { memo } from 'react'
import { useFrame } from '../../charts/Frame.tsx'
import type { WinnerCell } from '../../math/bottleneck/winnerCells.ts'
import type { Camera } from './camera.ts'
import { cellLabel } from './cellLabel.ts'
import type { TokenInView } from './inView.ts'
import { nameOf } from './naming.ts'
import type { SceneFace, ScenePoint } from './scene.ts'
import { tokenColour } from './tokenColour.ts'

type Place = readonly [number, number]

/** Pixels of a polygon's corners as a path. */
function usePolygon() {
  const { x, y } = useFrame('usePolygon')
  return (corners: readonly Place[]): string =>
    `M${corners.map(([a, b]) => `${x(a).toFixed(2)} ${y(b).toFixed(2)}`).join('L')}Z`
}

export interface CellsProps {
  readonly cells: readonly WinnerCell[]
  /** Who wins at the state; its cell stands out. */
  readonly winner: number | null
}

/** Where each token wins, as tinted regions. */
export const Cells = memo(function Cells({ cells, winner }: CellsProps) {
  const polygon = usePolygon()
  return (
    <g className="geo-cells">
      {cells.map(({ token, corners }) => (
        <path
          key={token}
          d={polygon(corners)}
          fill={tokenColour(token)}
          fillOpacity={token === winner ? 0.26 : 0.1}
          stroke="var(--surface)"
          strokeWidth={1.5}
        />
      ))}
    </g>
  )
})

export interface CellNamesProps {
  readonly cells: readonly WinnerCell[]
  readonly names: readonly string[] | null
  /** What a name may not cover: points, and the arrow from the origin to its tip. */
  readonly points: readonly ScenePoint[]
  readonly tip: { readonly x: number; readonly y: number } | null
}

const arrowParts = [0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1]

/** Who wins in each region, where there is room. */
export const CellNames = memo(function CellNames({ cells, names, points, tip }: CellNamesProps) {
  const { x, y } = useFrame('CellNames')
  // Points, and their names above them.
  const taken: Place[] = points.flatMap((point) => {
    const [left, top] = [x(point.x), y(point.y)]
    return [[left, top] as const, ...(point.kind === 'can win' ? [[left, top - 14] as const] : [])]
  })
  if (tip) for (const part of arrowParts) taken.push([x(part * tip.x), y(part * tip.y)])
  const labels = cells.flatMap(({ token, corners }) => {
    const at = cellLabel(
      corners.map(([a, b]) => [x(a), y(b)]),
      taken,
    )
    if (at === null) return []
    taken.push(at)
    return [{ token, at }]
  })
  return (
    <g aria-hidden="true">
      {labels.map(({ token, at: [left, top] }) => (
        <text key={token} className="geo-cell-name" x={left} y={top} dy="0.32em" textAnchor="middle">
          {nameOf(token, names)} wins
        </text>
      ))}
    </g>
  )
})

/** The hull in the plane, filled. */
export function Hull({ corners }: { readonly corners: readonly ScenePoint[] }) {
  const polygon = usePolygon()
  if (corners.length < 2) return null
  return <path className="geo-hull" d={polygon(corners.map(({ x, y }) => [x, y]))} />
}

export interface FacesProps {
  readonly faces: readonly SceneFace[]
  readonly camera: Camera
  /** Half the length of the axes. */
  readonly reach: number
}

/** The hull in space, and the axes through the origin. */
export const Faces = memo(function Faces({ faces, camera, reach }: FacesProps) {
  const { x, y } = useFrame('Faces')
  const polygon = usePolygon()
  const axes = [0, 1, 2].map((k) => [0, 1, 2].map((c) => (c === k ? 0.92 * reach : 0)))
  return (
    <>
      {axes.map((end, k) => {
        const to = camera.place(end)
        return (
          <g key={k} className="axis">
            <line className="rule" x1={x(-to.x)} y1={y(-to.y)} x2={x(to.x)} y2={y(to.y)} />
            <text x={x(to.x * 1.07)} y={y(to.y * 1.07)} dy="0.32em" textAnchor="middle">
              {['first', 'second', 'third'][k]}
            </text>
          </g>
        )
      })}
      {faces.map(({ corners, isFront }, k) => (
        <path key={k} className={isFront ? 'geo-face is-front' : 'geo-face'} d={polygon(corners)} />
      ))}
    </>
  )
})

/** From a token that can never win to those that enclose it, each with its weight. */
export function Enclosure({ points, token }: { readonly points: readonly ScenePoint[]; readonly token: TokenInView }) {
  const { x, y, left, right } = useFrame('Enclosure')
  // A small picture has no room for them, and the words beside it say them.
  const saysWeights = right - left >= 400
  const from = points[token.token]
  if (!from) return null
  return (
    <g className="geo-enclosure">
      {token.enclosedBy.map(({ token: other, weight }) => {
        const to = points[other]!
        // Beside it, where the line does not come from.
        const side = to.x < from.x ? -1 : 1
        return (
          <g key={other}>
            <line x1={x(from.x)} y1={y(from.y)} x2={x(to.x)} y2={y(to.y)} />
            {saysWeights && (
              <text x={x(to.x) + 13 * side} y={y(to.y)} dy="0.32em" textAnchor={side < 0 ? 'end' : 'start'}>
                λ {weight.toFixed(2)}
              </text>
            )}
          </g>
        )
      })}
    </g>
  )
}

/** The hidden state: from the origin to its tip; dashed where it goes on beyond the picture. */
export function StateArrow({
  tip,
}: {
  readonly tip: { readonly x: number; readonly y: number; readonly isCut: boolean }
}) {
  const { x, y } = useFrame('StateArrow')
  const [ax, ay, bx, by] = [x(0), y(0), x(tip.x), y(tip.y)]
  const length = Math.hypot(bx - ax, by - ay)
  const [ux, uy] = length === 0 ? [0, 0] : [(bx - ax) / length, (by - ay) / length]
  const head = `M${bx} ${by}L${bx - 11 * ux + 5 * uy} ${by - 11 * uy - 5 * ux}L${bx - 11 * ux - 5 * uy} ${by - 11 * uy + 5 * ux}Z`
  return (
    <g className="geo-arrow">
      <circle cx={ax} cy={ay} r={2.5} />
      <line x1={ax} y1={ay} x2={bx - 8 * ux} y2={by - 8 * uy} strokeDasharray={tip.isCut ? '6 4' : undefined} />
      {length > 12 && <path d={head} />}
      {tip.isCut ? (
        <text x={bx - 16 * ux} y={by - 16 * uy + (uy < 0 ? 18 : -18)} textAnchor={ux > 0 ? 'end' : 'start'}>
          h goes on
        </text>
      ) : (
        <text x={bx + 10 * ux + 4} y={by + 10 * uy} dy="0.32em" textAnchor={ux < -0.3 ? 'end' : 'start'}>
          h
        </text>
      )}
    </g>
  )
}
