import { useFrame } from '../../charts/Frame.tsx'
import { shortNumber } from '../../charts/numberFormat.ts'
import type { Course } from './lookedAt.ts'

export interface Level {
  /** Data units. */
  readonly value: number
  /** What it is; its value is written after it. */
  readonly text: string
}

/** From the lowest to the highest seed. */
export function SeedRange({ course, fill }: { readonly course: Course; readonly fill: string }) {
  const { x, y } = useFrame('SeedRange')
  const { steps, low, high } = course
  const forth = steps.map((step, i) => `${x(step).toFixed(2)} ${y(high[i]!).toFixed(2)}`)
  const back = steps.map((step, i) => `${x(step).toFixed(2)} ${y(low[i]!).toFixed(2)}`).reverse()
  return <path d={`M${[...forth, ...back].join('L')}z`} fill={fill} fillOpacity={0.2} />
}

/** A course of one record, which makes no curve yet. */
export function OneRecord({ course, fill }: { readonly course: Course; readonly fill: string }) {
  const { x, y } = useFrame('OneRecord')
  return <circle cx={x(course.steps[0]!)} cy={y(course.mean[0]!)} r={2.5} fill={fill} />
}

/** What the curves are to be compared with. */
export function LevelLine({ value }: Level) {
  const { left, right, y } = useFrame('LevelLine')
  return <line className="sinks-level" x1={left} x2={right} y1={y(value)} y2={y(value)} />
}

/** Says what the dashed line is, above the plot: inside it curves would strike it through. */
export function LevelKey({ value, text }: Level) {
  return (
    <span>
      <svg width={18} height={8} aria-hidden="true">
        <line className="sinks-level" x1={0} x2={18} y1={4} y2={4} />
      </svg>{' '}
      {text} {shortNumber(value, 2)}
    </span>
  )
}

/** The step that is looked at. */
export function Moment({ step }: { readonly step: number }) {
  const { top, bottom, x } = useFrame('Moment')
  return <line x1={x(step)} x2={x(step)} y1={top} y2={bottom} stroke="var(--ink)" />
}

export interface OnsetMarkProps {
  readonly step: number
  /** Marks of the same step that it stands on. */
  readonly above: number
  readonly fill: string
}

/** A triangle on the axis, at the step where a sink formed. */
export function OnsetMark({ step, above, fill }: OnsetMarkProps) {
  const { bottom, x } = useFrame('OnsetMark')
  return <path d={`M${x(step) - 5} ${bottom - 9 * above}h10l-5 -9z`} fill={fill} stroke="var(--surface)" />
}
