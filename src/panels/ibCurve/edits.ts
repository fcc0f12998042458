import { largestSide, largestWeight, type IbCurveExperiment } from './experiment.ts'

type Joint = IbCurveExperiment['joint']
type Patch = Pick<IbCurveExperiment, 'joint'>

/** One weight changed. A row keeps some mass: its last weight above 0 stays where it was. */
export function withWeight(joint: Joint, row: number, column: number, weight: number): Patch {
  const next = joint.map((weights, r) => (r === row ? weights.with(column, weight) : weights))
  return { joint: next[row]!.some((each) => each > 0) ? next : joint }
}

/** What a weight must be, in words, if it is not; else null. */
export function weightProblem(joint: Joint, row: number, column: number, weight: number): string | null {
  if (!(weight >= 0 && weight <= largestWeight)) return `from 0 to ${largestWeight.toExponential()}`
  const isLast = joint[row]!.every((each, c) => c === column || each === 0)
  return weight === 0 && isLast ? `above 0: x${row + 1} has no other weight` : null
}

/** A further value of x that is like the last one turned round, or null where there are as many as there may be. */
export function withRow(joint: Joint): Patch | null {
  return joint.length < largestSide ? { joint: [...joint, joint.at(-1)!.toReversed()] } : null
}

/** A further value of y, each with half of the value before it. */
export function withColumn(joint: Joint): Patch | null {
  return joint[0]!.length < largestSide ? { joint: joint.map((row) => [...row, row.at(-1)! / 2]) } : null
}

/** Without the last value of x, or null where there are only two. */
export function withoutRow(joint: Joint): Patch | null {
  return joint.length > 2 ? { joint: joint.slice(0, -1) } : null
}

/** Without the last value of y, or null where there are only two, or where a row would be left without mass. */
export function withoutColumn(joint: Joint): Patch | null {
  const next = joint.map((row) => row.slice(0, -1))
  return next[0]!.length >= 2 && next.every((row) => row.some((weight) => weight > 0)) ? { joint: next } : null
}

/** What all weights sum to. */
export const totalOf = (joint: Joint): number => joint.flat().reduce((sum, weight) => sum + weight, 0)

/** The weight of a full cell: a round number with room above the largest. */
export function fullCell(joint: Joint): number {
  const largest = Math.max(...joint.flat())
  const power = 10 ** Math.floor(Math.log10(largest))
  return (
    [1, 1.5, 2, 3, 4, 5, 7.5, 10]
      .map((step) => Number((step * power).toPrecision(3)))
      .find((step) => step >= largest * 1.2) ?? 15 * power
  )
}
