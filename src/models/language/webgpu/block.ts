import {
  add,
  matMul,
  mean,
  mul,
  relu,
  reshape,
  rsqrt,
  sigmoid,
  sqrt,
  sub,
  sum,
  tanh,
  tensor1d,
  tensor2d,
  transpose,
  type Tensor,
  type Tensor2D,
} from '../../../engine/tf.ts'
import type { Causal } from '../../transformer/webgpu/rows.ts'
import type { HeadNormalizer } from '../forward.ts'
import type { Activation, LayerWeights, Linear, MlpWeights, ModelShape, NormWeights } from '../model.ts'
import { rotated, type Rotation } from './rotation.ts'
import { gpuRows } from './rows.ts'

/** What all layers of one text share. */
export interface Given {
  readonly shape: ModelShape
  readonly causal: Causal
  readonly rotation: Rotation | null
}

/** What a layer leaves behind, as tensors. */
export interface BlockTensors {
  /** The residual stream after it, [T, width]. */
  readonly h: Tensor
  /** [heads, T, T]. */
  readonly weights: Tensor
  /** ‖v‖, [kvHeads, T]. */
  readonly norms: Tensor
}

/** One block of a decoder; uploads its weights. Call it inside `tidy`. */
export function gpuBlock(
  h: Tensor,
  { norm, query, key, value, output, mlp }: LayerWeights,
  normalizerAt: (head: number) => HeadNormalizer,
  { shape, causal, rotation }: Given,
): BlockTensors {
  const { heads, kvHeads, headWidth } = shape
  const T = h.shape[0]!
  const x = gpuNorm(h, norm, shape)
  const byHead = (y: Tensor, count: number) => transpose(reshape(y, [T, count, headWidth]), [1, 0, 2])
  const turned = (y: Tensor, count: number) => (rotation ? rotated(byHead(y, count), rotation) : byHead(y, count))
  // Query heads that share a key head stand together, so they are more rows of one product.
  const grouped = (y: Tensor, columns: number) => reshape(y, [kvHeads, (heads / kvHeads) * T, columns])
  const q = grouped(turned(linear(x, query), heads), headWidth)
  const k = turned(linear(x, key), kvHeads)
  const v = byHead(linear(x, value), kvHeads)
  const scores = reshape(mul(matMul(q, k, false, true), 1 / Math.sqrt(headWidth)), [heads, T, T])
  const weights = gpuRows(scores, normalizerAt, causal)
  const mixed = reshape(matMul(grouped(weights, T), v), [heads, T, headWidth])
  const attended = add(h, linear(reshape(transpose(mixed, [1, 0, 2]), [T, heads * headWidth]), output))
  const norms = sqrt(sum(mul(v, v), -1))
  return { h: mlp === null ? attended : add(attended, gpuMlp(attended, mlp, shape)), weights, norms }
}

function gpuMlp(h: Tensor, { norm, gate, up, down }: MlpWeights, shape: ModelShape): Tensor {
  const x = gpuNorm(h, norm, shape)
  const wide = linear(x, up)
  if (gate === null) return linear(bent(wide, shape.activation), down)
  const open = linear(x, gate)
  return linear(mul(wide, mul(open, sigmoid(open))), down)
}

/** GELU by its tanh form, or ReLU: see `activate` of the loops. */
function bent(x: Tensor, kind: Activation): Tensor {
  if (kind === 'relu') return relu(x)
  const inner = mul(add(x, mul(mul(mul(x, x), x), 0.044715)), Math.sqrt(2 / Math.PI))
  return mul(mul(x, 0.5), add(tanh(inner), 1))
}

function linear(x: Tensor, { weight, bias, inputs, outputs }: Linear): Tensor {
  const y = matMul(x as Tensor2D, tensor2d(weight, [outputs, inputs]), false, true)
  return bias ? add(y, tensor1d(bias)) : y
}

/** Layer norm or RMS norm of each row of [T, width]. */
export function gpuNorm(x: Tensor, { gain, bias }: NormWeights, { norm, normEpsilon }: ModelShape): Tensor {
  const centred = norm === 'layer' ? sub(x, mean(x, -1, true)) : x
  const unit = mul(centred, rsqrt(add(mean(mul(centred, centred), -1, true), normEpsilon)))
  const scaled = mul(unit, tensor1d(gain))
  return bias ? add(scaled, tensor1d(bias)) : scaled
}
