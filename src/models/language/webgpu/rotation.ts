import { add, matMul, mul, reshape, tensor2d, type Tensor, type Tensor2D } from '../../../engine/tf.ts'
import type { Rotary } from '../model.ts'

/** Rotary positions of T tokens, as tensors; the caller disposes of them. */
export interface Rotation {
  /** Of each position and entry, [T, headWidth]. */
  readonly cosines: Tensor
  readonly sines: Tensor
  /** (a, b) times this is (−b, a), pair by pair; [headWidth, headWidth]. */
  readonly quarter: Tensor2D
}

export function rotationOf({ pairs, frequencies }: Rotary, T: number): Rotation {
  const half = frequencies.length
  const width = 2 * half
  const pairOf = (entry: number) => (pairs === 'interleaved' ? entry >> 1 : entry % half)
  const isSecond = (entry: number) => (pairs === 'interleaved' ? entry % 2 === 1 : entry >= half)
  // Angles in float64: at position 1000 a float32 product is off by 3e-5 of a turn.
  const table = (of: (angle: number) => number) =>
    tensor2d(
      Float32Array.from({ length: T * width }, (_, at) =>
        of(Math.floor(at / width) * frequencies[pairOf(at % width)]!),
      ),
      [T, width],
    )
  const quarter = Float32Array.from({ length: width * width }, (_, at) => {
    const [from, to] = [Math.floor(at / width), at % width]
    if (from === to || pairOf(from) !== pairOf(to)) return 0
    return isSecond(from) ? -1 : 1
  })
  return { cosines: table(Math.cos), sines: table(Math.sin), quarter: tensor2d(quarter, [width, width]) }
}

/** Turns each pair of entries of x by its position's angle; x has shape [heads, T, headWidth]. */
export function rotated(x: Tensor, { cosines, sines, quarter }: Rotation): Tensor {
  const turned = reshape(matMul(reshape(x, [-1, quarter.shape[0]]) as Tensor2D, quarter), x.shape)
  return add(mul(x, cosines), mul(turned, sines))
}
