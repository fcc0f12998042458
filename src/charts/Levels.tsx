import { memo } from 'react'
import { useFrame } from './Frame.tsx'

export interface LevelsProps {
  /** One level a band, in data units. */
  readonly values: ArrayLike<number>
  /** CSS colour; default the ink. */
  readonly stroke?: string
  /** Pixels that a level sticks out of its band on each side; default 2. */
  readonly overhang?: number
}

/** A short line across each band at its level: where something else stood. */
export const Levels = memo(function Levels({ values, stroke = 'var(--ink)', overhang = 2 }: LevelsProps) {
  const { x, y, bandwidth } = useFrame('Levels')
  const half = bandwidth / 2 + overhang
  let path = ''
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (Number.isFinite(value)) path += `M${(x(i) - half).toFixed(2)} ${y(value).toFixed(2)}h${(2 * half).toFixed(2)}`
  }
  return <path className="levels" d={path} fill="none" stroke={stroke} strokeWidth={1.5} />
})
