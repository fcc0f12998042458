import { useFrame } from '../../charts/Frame.tsx'
import { Rules } from '../../charts/Rules.tsx'

/** Pixels of a label's letter, at most. */
const letter = 6.5

/** Where theory puts the cliff. Its name stands before it at the foot, or, where the axis is near, behind it at the top. */
export function TheoryRule({ rank }: { readonly rank: number }) {
  const { left, top, x } = useFrame('TheoryRule')
  const label = `theory: ${rank}`
  const place = x(rank + 0.5)
  const hasRoom = place - left > label.length * letter
  return (
    <>
      <Rules of="x" at={[rank + 0.5]} dash="3 3" {...(hasRoom && { label })} />
      {!hasRoom && (
        <text className="rule-label" x={place + 4} y={top + 10}>
          {label}
        </text>
      )}
    </>
  )
}
