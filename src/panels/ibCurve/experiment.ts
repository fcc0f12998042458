import * as v from 'valibot'
import { above0, between, finite, oneOf, seed } from '../fields.ts'
import { presetJoints } from './presetJoints.ts'

/** The most values of x, and of y: every partition of nine is listed, and twelve rows still fit a phone. */
export const largestSide = 12

/** The greatest weight of a cell. */
export const largestWeight = 1e12

const rows = (joint: readonly (readonly number[])[]) => joint.length
const cols = (joint: readonly (readonly number[])[]) => joint[0]?.length ?? 0

const joint = v.pipe(
  v.array(
    v.array(between('a weight', 0, largestWeight), 'each row of joint must be a list of weights'),
    'joint must be a list of rows of weights',
  ),
  v.check(
    (table) => [rows(table), cols(table)].every((side) => side >= 2 && side <= largestSide),
    ({ input }) => `joint is ${rows(input)} × ${cols(input)}; it must be 2 × 2 to ${largestSide} × ${largestSide}`,
  ),
  v.check(
    (table) => table.every((row) => row.length === cols(table)),
    'the rows of joint must have as many weights each',
  ),
  v.check(
    (table) => table.every((row) => row.some((weight) => weight > 0)),
    'each row of joint needs a weight above 0; leave an empty row out',
  ),
)

export const schema = v.object({
  /** p(x, y) up to scale: a row for each x, a column for each y. */
  joint: v.optional(joint, () => presetJoints.hier4),
  /** Where the curve is computed; empty: a grid that fits the joint. */
  betas: v.optional(
    v.pipe(v.array(above0('a β'), 'betas must be a list of numbers'), v.maxLength(400, 'at most 400 βs')),
    () => [],
  ),
  /** The β that is looked at. */
  beta: v.optional(above0('beta'), 4),
  /** The trade-off with y, or compression alone with minimum-entropy couplings. */
  view: v.optional(oneOf('view', ['curve', 'coupling']), 'curve'),
  /** How many bits T may hold in the coupling view. */
  rate: v.optional(
    v.pipe(
      finite('rate'),
      v.check((value) => value >= 0, 'rate must be 0 or more'),
    ),
    1.5,
  ),
  seed: v.optional(seed, 0),
})

export type IbCurveExperiment = v.InferOutput<typeof schema>

export const defaults: IbCurveExperiment = v.parse(schema, {})
