import { memo } from 'react'
import { useFrame } from '../../charts/Frame.tsx'
import { Points } from '../../charts/Points.tsx'
import { nameOf } from './naming.ts'
import { placeNames } from './placeNames.ts'
import type { ScenePoint } from './scene.ts'
import { tokenColour } from './tokenColour.ts'

export interface TokenMarksProps {
  readonly points: readonly ScenePoint[]
  readonly names: readonly string[] | null
}

/** More winners than this are not named in the picture. */
const mostNames = 40

/** A filled circle for a token that can win, an empty grey square for one that never can, a cross for an open question. */
export const TokenMarks = memo(function TokenMarks({ points, names }: TokenMarksProps) {
  const { x, y } = useFrame('TokenMarks')
  const of = (kind: ScenePoint['kind']) => points.filter((point) => point.kind === kind)
  const winners = of('can win').toSorted((a, b) => a.depth - b.depth)
  const named = points.filter(
    ({ kind, look }) => look !== 'plain' || (kind === 'can win' && winners.length <= mostNames),
  )
  const places = placeNames(
    named.map((point) => ({
      left: x(point.x),
      top: y(point.y),
      text: nameOf(point.token, names),
      isNeeded: point.look !== 'plain',
    })),
    points.map((point) => ({ left: x(point.x), top: y(point.y) })),
  )
  const at = (all: readonly ScenePoint[]) => ({ xs: all.map((point) => point.x), ys: all.map((point) => point.y) })
  return (
    <>
      <Points {...at(of('can never win'))} fill="var(--bar-edge)" radius={4} shape="square" hollow />
      <Points {...at(of('undecided'))} fill="var(--alarm)" radius={4.5} shape="cross" />
      {winners.map((point) => (
        <circle
          key={point.token}
          cx={x(point.x)}
          cy={y(point.y)}
          r={5.5}
          fill={tokenColour(point.token)}
          stroke="var(--surface)"
          strokeWidth={1}
        />
      ))}
      {points.map(({ token, x: px, y: py, look }) =>
        look === 'plain' ? null : (
          <circle key={token} className={`geo-ring is-${look}`} cx={x(px)} cy={y(py)} r={look === 'chosen' ? 10 : 9} />
        ),
      )}
      {named.map(({ token, look }, k) => {
        const place = places[k]
        if (!place) return null
        return (
          <text
            key={token}
            className={look === 'chosen' ? 'point-name geo-chosen-name' : 'point-name'}
            x={place.left}
            y={place.top}
            textAnchor="middle"
          >
            {nameOf(token, names)}
          </text>
        )
      })}
    </>
  )
})
