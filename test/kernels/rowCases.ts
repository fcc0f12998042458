import { logSoftmax, logSoftmaxVjp } from '../../src/math/logSoftmax.ts'
import { normalizerById } from '../../src/math/normalizers/index.ts'
import type { ParamValues } from '../../src/math/normalizers/params.ts'
import { hardwarePlans, softwarePlans } from '../../src/kernels/webgpu/autotune.ts'
import type { Direction, Plan } from '../../src/kernels/webgpu/rowProgram.ts'

/** Every plan that the tuning may choose. */
export const plans: readonly Plan[] = [...softwarePlans, ...hardwarePlans]
export const nameOf = ({ lanes, rows, segments }: Plan) =>
  `${lanes} lanes a row, ${rows} rows a workgroup, ${segments} a row`

type Dimensions = readonly [rows: number, cols: number]

/** Shapes that between them are no multiple of any workgroup, fit in registers and do not, in single entries and in quads. */
export function shapesFor(plan: Plan, direction: Direction): readonly Dimensions[] {
  const all: Dimensions[] = [
    [1, 1],
    [3, 5],
    [7, 64],
    [5, 65],
    [4, 1000],
  ]
  if (isThorough(plan)) return direction === 'forward' ? all : all.slice(1, 4)
  // One text that reads its row again, one that holds it.
  return direction === 'forward' ? [[2, plan.lanes * plan.holds * 4 + 21]] : [[7, 64]]
}

/** Seeds of `awkwardRows`: of its seven kinds of rows, two bring all to shapes of four rows. */
export const seedsFor = (plan: Plan): readonly number[] => (isThorough(plan) ? [0, 3] : [2])

/** The plans for real GPUs have barriers among many lanes, which an emulated one takes a second to compile and run. */
const isThorough = (plan: Plan) => plan === softwarePlans[0] || plan === softwarePlans[1]

/** A kernel at parameters, with how far from float64 it may be: absolute, or relative to the row's largest if above 1. */
export interface Case {
  readonly id: string
  readonly params: ParamValues
  readonly y: number
  readonly vjp: number
}

/** Everything that compiles to a text of its own. Rounding of exp and of sums of a thousand terms is some 1e-7. */
export const cases: readonly Case[] = [
  { id: 'softmax', params: { T: 0.5 }, y: 1e-6, vjp: 2e-6 },
  { id: 'log-softmax', params: {}, y: 1e-6, vjp: 2e-6 },
  { id: 'sparsemax', params: {}, y: 1e-6, vjp: 1e-6 },
  { id: 'entmax', params: { alpha: 1.5 }, y: 1e-6, vjp: 1e-6 },
  { id: 'entmax', params: { alpha: 1.25 }, y: 2e-6, vjp: 2e-6 },
  { id: 'entmax', params: { alpha: 1.125 }, y: 2e-6, vjp: 2e-6 },
  { id: 'entmax', params: { alpha: 1.7 }, y: 2e-6, vjp: 2e-6 },
  // β = 2: a weight near 0 is the root of a difference that carries 6e-8 of rounding.
  { id: 'entmax', params: { alpha: 3 }, y: 2e-5, vjp: 2e-5 },
  { id: 'softpick', params: { eps: 1e-6 }, y: 1e-6, vjp: 2e-6 },
  { id: 'ssmax', params: { s: 0.43, b: 0.1 }, y: 1e-6, vjp: 2e-6 },
  { id: 'softmax-n', params: { n: 1 }, y: 1e-6, vjp: 1e-6 },
  { id: 'sigmoid', params: { bias: '-log n' }, y: 1e-6, vjp: 1e-6 },
  { id: 'relu-norm', params: { f: 'relu2', eps: 1e-5, c: 5 }, y: 1e-6, vjp: 1e-6 },
  { id: 'top-k', params: { k: 3 }, y: 1e-6, vjp: 1e-6 },
]

/** The same texts at other parameters, and texts that differ from one above by a term. */
export const furtherCases: readonly Case[] = [
  { id: 'softmax', params: { T: 0.05 }, y: 2e-6, vjp: 1e-5 },
  { id: 'softmax', params: { T: 20 }, y: 1e-6, vjp: 1e-6 },
  { id: 'entmax', params: { alpha: 1 }, y: 1e-6, vjp: 1e-6 },
  { id: 'entmax', params: { alpha: 2 }, y: 1e-6, vjp: 1e-6 },
  { id: 'entmax', params: { alpha: 1.01 }, y: 2e-6, vjp: 2e-6 },
  { id: 'entmax', params: { alpha: 1.95 }, y: 2e-6, vjp: 2e-6 },
  { id: 'entmax', params: { alpha: 4 }, y: 1e-4, vjp: 1e-4 },
  { id: 'softpick', params: { eps: 0 }, y: 1e-6, vjp: 2e-6 },
  { id: 'ssmax', params: { s: 0.1, b: -1 }, y: 1e-6, vjp: 2e-6 },
  { id: 'softmax-n', params: { n: 0 }, y: 1e-6, vjp: 1e-6 },
  { id: 'sink', params: { sink: 2.5 }, y: 1e-6, vjp: 1e-6 },
  { id: 'sink', params: { sink: -10 }, y: 1e-6, vjp: 1e-6 },
  { id: 'sigmoid', params: { bias: -10 }, y: 1e-6, vjp: 1e-6 },
  { id: 'relu-norm', params: { f: 'relu', eps: 1e-5, c: 5 }, y: 1e-6, vjp: 1e-6 },
  { id: 'relu-norm', params: { f: 'quad', eps: 0, c: 5 }, y: 1e-6, vjp: 1e-6 },
  { id: 'top-k', params: { k: 1 }, y: 1e-6, vjp: 1e-6 },
  { id: 'top-k', params: { k: 500 }, y: 1e-6, vjp: 1e-6 },
]

type Row = ArrayLike<number>

/** Float64 forward and VJP of a kernel, with the edge rules of the normalizers. */
export interface Oracle {
  readonly forward: (x: Row, params: ParamValues, mask?: ArrayLike<number>) => Float64Array
  readonly vjp: (x: Row, c: Row, params: ParamValues, mask?: ArrayLike<number>) => Float64Array
}

const dropped = (x: Row, mask?: ArrayLike<number>) =>
  Float64Array.from(x, (value, i) => (mask && !mask[i] ? -Infinity : value))
/** The kernel stores a dropped entry, whose logarithm is −∞, as 0. */
const logOracle: Oracle = {
  forward: (x, _, mask) => logSoftmax(dropped(x, mask)).map((value) => (value === -Infinity ? 0 : value)),
  vjp: (x, c, _, mask) => logSoftmaxVjp(dropped(x, mask), c),
}

export function oracleOf(id: string): Oracle {
  const found = id === 'log-softmax' ? logOracle : normalizerById(id)
  if (!found) throw new Error(`no float64 function for ${id}`)
  return found
}

/** Seeded uniform numbers in [0, 1). */
export function uniforms(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 4294967296
  }
}

/** Standard normal times `spread`, as float32. */
export function gaussians(length: number, seed: number, spread = 1): Float32Array {
  const u = uniforms(seed)
  return Float32Array.from({ length }, () => spread * Math.sqrt(-2 * Math.log(1 - u())) * Math.cos(2 * Math.PI * u()))
}

/**
 * Logits with what tends to break a kernel, by row: plain, ties, towering, masked here and there, wholly masked, widely
 * spread, all alike.
 */
export function awkwardRows(rows: number, cols: number, seed: number): { x: Float32Array; mask: Uint8Array } {
  const x = gaussians(rows * cols, seed, 2)
  const mask = new Uint8Array(rows * cols).fill(1)
  const u = uniforms(seed + 1)
  for (let r = 0; r < rows; r++) {
    for (let i = r * cols; i < (r + 1) * cols; i++) {
      const kind = (r + seed) % 7
      if (kind === 1) x[i] = Math.round(x[i]!)
      if (kind === 2 && i % cols === cols >> 1) x[i] = 80
      if (kind === 3 && u() < 0.4) mask[i] = 0
      if (kind === 4) mask[i] = 0
      if (kind === 5) x[i]! *= 40
      if (kind === 6) x[i] = 0.75
    }
  }
  return { x, mask }
}
