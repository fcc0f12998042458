import { useFrame } from './Frame.tsx'

export interface EdgeRingProps {
  /** Where the exact zeros begin and end, in data units of x. */
  readonly from: number
  readonly to: number
  /** CSS colour. */
  readonly stroke: string
}

/** A ring on the base line where exact zeros begin, and a dotted line as far as they reach. */
export function EdgeRing({ from, to, stroke }: EdgeRingProps) {
  const { x, y } = useFrame('EdgeRing')
  return (
    <g className="edge-ring">
      <line x1={x(from)} x2={x(to)} y1={y(0)} y2={y(0)} stroke={stroke} strokeWidth={2.5} strokeDasharray="1 4" />
      <circle cx={x(from)} cy={y(0)} r={4.5} fill="var(--surface)" stroke={stroke} strokeWidth={1.75} />
    </g>
  )
}
