import type { LoopExports, RowsBack, RowsForward } from '../../../kernels/wasm/openLoops.ts'
import type { Normalizer } from '../../../math/normalizers/contract.ts'
import type { ParamValues } from '../../../math/normalizers/params.ts'
import type { AttentionShape, CausalRows } from '../loops.ts'
import { registryRows } from '../registryRows.ts'

/** A normalizer that has SIMD loops, and the two numbers that they take. */
interface FastRows {
  readonly id: string
  readonly forward: (loops: LoopExports) => RowsForward
  readonly back: (loops: LoopExports) => RowsBack
  /** From the parameters and what the head has learned; null where the loops do not cover them. */
  readonly numbers: (params: ParamValues, learned: number) => readonly [p0: number, p1: number] | null
}

const none = [0, 0] as const
const number = (params: ParamValues, name: string) => Number(params[name])

const fastRows: readonly FastRows[] = [
  {
    id: 'softmax',
    forward: ({ scaled }) => scaled,
    back: ({ scaledBack }) => scaledBack,
    numbers: (params) => [0, 1 / number(params, 'T')],
  },
  {
    id: 'ssmax',
    forward: ({ scaled }) => scaled,
    back: ({ scaledBack }) => scaledBack,
    numbers: (params, learned) => [learned, number(params, 'b')],
  },
  {
    id: 'softmax-n',
    forward: ({ sink }) => sink,
    back: ({ sinkBack }) => sinkBack,
    // At n = 0 the sink is at −∞, which is softmax's own row.
    numbers: (params) => (number(params, 'n') > 0 ? [Math.log(number(params, 'n')), 0] : null),
  },
  {
    id: 'sink',
    forward: ({ sink }) => sink,
    back: ({ sinkBack }) => sinkBack,
    numbers: (_, learned) => [learned, 0],
  },
  {
    id: 'softpick',
    forward: ({ softpick }) => softpick,
    back: ({ softpickBack }) => softpickBack,
    numbers: (params) => [number(params, 'eps'), 0],
  },
  {
    id: 'sigmoid',
    forward: ({ sigmoid }) => sigmoid,
    back: ({ sigmoidBack }) => sigmoidBack,
    numbers: ({ bias }) => (typeof bias === 'number' ? [bias, 0] : [0, 1]),
  },
  {
    id: 'relu-n',
    forward: ({ rectified }) => rectified,
    back: ({ rectifiedBack }) => rectifiedBack,
    numbers: () => none,
  },
  {
    id: 'sparsemax',
    forward: ({ sparsemax }) => sparsemax,
    back: ({ sparsemaxBack }) => sparsemaxBack,
    numbers: () => none,
  },
  {
    id: 'entmax',
    forward: ({ entmax15 }) => entmax15,
    back: ({ entmax15Back }) => entmax15Back,
    numbers: ({ alpha }) => (alpha === 1.5 ? none : null),
  },
]

/** True if the rows of this normalizer run in WASM; any other runs its float64 functions between the SIMD loops. */
export const hasFastRows = ({ id }: Normalizer, params: ParamValues): boolean =>
  fastRows.some((fast) => fast.id === id && fast.numbers(params, 0) !== null)

export function wasmRows(
  loops: LoopExports,
  normalizer: Normalizer,
  params: ParamValues,
  shape: AttentionShape,
): CausalRows {
  const fast = fastRows.find(({ id }) => id === normalizer.id)
  if (!fast || !hasFastRows(normalizer, params)) return registryRows(normalizer, params, shape)
  const { T, step } = shape
  const [forward, back] = [fast.forward(loops), fast.back(loops)]
  return {
    forward(scores, weights, start, learned) {
      const [p0, p1] = fast.numbers(params, learned) ?? none
      const at = 4 * start
      forward(T, step, scores.byteOffset + at, weights.byteOffset + at, p0, p1)
    },
    back(scores, weights, gradient, start, learned) {
      const [p0, p1] = fast.numbers(params, learned) ?? none
      const at = 4 * start
      return back(T, step, scores.byteOffset + at, weights.byteOffset + at, gradient.byteOffset + at, p0, p1)
    },
  }
}
