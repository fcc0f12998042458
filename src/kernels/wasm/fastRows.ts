import type { ParamValues } from '../../math/normalizers/params.ts'
import type { LoopExports, RowsBack, RowsForward } from './openLoops.ts'

/** A normalizer that has SIMD loops, and the two numbers that they take. */
interface FastRows {
  readonly id: string
  readonly forward: (loops: LoopExports) => RowsForward
  readonly back: (loops: LoopExports) => RowsBack
  /** False for parameters that the loops do not cover. */
  readonly covers?: (params: ParamValues) => boolean
  /** From the parameters and, in place of one, what a head has learned. */
  readonly numbers: (params: ParamValues, learned: number) => readonly [p0: number, p1: number]
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
    covers: (params) => number(params, 'n') > 0,
    numbers: (params) => [Math.log(number(params, 'n')), 0],
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
    covers: ({ alpha }) => alpha === 1.5,
    numbers: () => none,
  },
]

/** The SIMD rows of a normalizer at these parameters, or null where there are none. */
export function fastRowsOf(normalizer: string, params: ParamValues): FastRows | null {
  const fast = fastRows.find(({ id }) => id === normalizer)
  return fast && (fast.covers?.(params) ?? true) ? fast : null
}
