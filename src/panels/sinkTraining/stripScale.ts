import { nice } from 'd3-array'
import type { MetricStrip } from './metrics.ts'
import type { Course, RunGroup } from './lookedAt.ts'

type Drawn = Pick<RunGroup, 'runs'> & { readonly course: Course }

/** What a float32 row that sums to 1 may exceed it by. */
const roundOff = 1e-5

/** A run that left the range of numbers is drawn up to this many times what it began with and what the others reach. */
const beyond = 10

/**
 * The ends of a strip's axis. Runs that stopped before their end do not stretch it without bound: a loss of 1e29 would
 * make a line at 0 of all the rest.
 * @param level  what the curves are compared with; it stays in view
 */
export function stripEnds(
  courses: readonly Drawn[],
  scale: MetricStrip['scale'],
  level = 0,
): readonly [number, number] {
  const left = courses.filter(({ runs }) => runs.some(({ stopped }) => stopped !== null))
  const kept = courses
    .filter((course) => !left.includes(course))
    .flatMap(({ course }) => [...course.low, ...course.high])
  const begun = left.flatMap(({ course }) => [course.low[0] ?? 0, course.high[0] ?? 0])
  const reached = courses.flatMap(({ course }) => [...course.low, ...course.high])
  const bound = left.length === 0 ? Infinity : beyond * Math.max(...[...kept, ...begun, level].map(Math.abs))
  const highest = Math.min(bound, Math.max(level, ...reached))
  const lowest = Math.max(-bound, Math.min(0, ...reached))
  const [, high] = scale === 'share' && highest <= 1 + roundOff ? [0, 1] : nice(0, highest > 0 ? highest : 1, 4)
  return [lowest, high]
}

/** A course without what lies beyond the axis, where it draws nothing. */
export function within(course: Course, [low, high]: readonly [number, number]): Course {
  const cut = (values: readonly number[]) => values.map((value) => (value >= low && value <= high ? value : NaN))
  const clamped = (values: readonly number[]) => values.map((value) => Math.min(Math.max(value, low), high))
  return { ...course, mean: cut(course.mean), low: clamped(course.low), high: clamped(course.high) }
}
