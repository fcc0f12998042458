import type { ParamValues } from '../../math/normalizers/params.ts'
import type { RowText } from './rowText.ts'

/** WGSL of one direction of an op. */
export type RowCode = StreamCode | SearchCode

/**
 * An op that reads its row once to add things up, and once more to write. Its totals can be joined from pieces of the
 * row in any order, so a very long row may be split among workgroups.
 */
export interface StreamCode {
  readonly kind: 'stream'
  readonly functions?: string
  /** Statements before the loops: scalars that only depend on parameters. Sees `uniforms`. */
  readonly setup?: string
  /** Statements that need passes of their own, before `shift`. An op that has them cannot be split. */
  readonly before?: (row: RowText) => string
  /**
   * WGSL of a positive f32 k, if `a` adds exponentials exp(k (x − m)): m then follows the row's maximum from below
   * by at most 4/k, and `a`, and `b` if `scaled`, are rescaled as it moves. Null: m is not kept.
   */
  readonly shift: {
    readonly k: string
    readonly scaled: 'a' | 'a and b'
    /** The logit as m follows it; x itself if absent. */
    readonly logit?: (x: string) => string
  } | null
  /** Quads to add to the sums `a` and `b`, as expressions in x, c and m. */
  readonly a?: (x: string, c: string) => string
  /** May use the quad that was added to `a`. */
  readonly b?: (x: string, c: string, a: string) => string
  /** Statements on the scalars m, a and b of the whole row. */
  readonly finish?: string
  /** The quad to store. `a` is its term in the sum `a`, at the row's m. */
  readonly write: (x: string, c: string, a: string) => string
}

/** An op with passes of its own choosing; it ends with `row.write(…)`. One workgroup a row. */
export interface SearchCode {
  readonly kind: 'search'
  readonly functions?: string
  /** Extra reductions by name: WGSL expression of the join of vec4f `a` and `b`. */
  readonly merges?: Readonly<Record<string, string>>
  readonly body: (row: RowText) => string
}

/** One direction of an op at given parameters: text to compile, and numbers to send. */
export interface RowKernel {
  readonly code: RowCode
  /** f32 uniforms: the text reads `uniforms.<name>`. */
  readonly uniforms: Readonly<Record<string, number>>
  /** Tells texts of one op apart: whatever a parameter bakes into the text is part of the pipeline's key. */
  readonly variant?: string
}

/** A row kernel: forward and vector-Jacobian product of one normalizer, f32. Parameters come resolved, in their domain. */
export interface RowOp {
  /** Id in the normalizer registry. */
  readonly id: string
  /** Null, or why these parameters cannot run here. */
  readonly refuses?: (params: ParamValues) => string | null
  readonly forward: (params: ParamValues) => RowKernel
  /** Reads x and the cotangent c; computes what it needs of y again, so that nothing has to be kept. */
  readonly vjp: (params: ParamValues) => RowKernel
}

/** A resolved parameter that the registry says is a number. */
export function numberOf(params: ParamValues, name: string): number {
  const value = params[name]
  if (typeof value !== 'number') throw new TypeError(`kernel: ${name} is ${JSON.stringify(value)}; it must be a number`)
  return value
}
