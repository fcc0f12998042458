import {
  add,
  cast,
  matMul,
  moments,
  mul,
  neg,
  oneHot,
  relu,
  reshape,
  rsqrt,
  slice,
  sub,
  sum,
  tensor2d,
  transpose,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
} from '../../../engine/tf.ts'
import { rowTensor } from '../../../kernels/tensorOps.ts'
import { layoutOf, type TransformerConfig } from '../config.ts'
import { rotaryTurns } from '../rotary.ts'
import { causal, gpuRows } from './rows.ts'

/** What a forward pass makes, as tensors. */
export interface GpuActivations {
  /** Cross-entropy of each token, nats, [sequences · T]. */
  readonly losses: Tensor
  readonly last: Tensor
  readonly layers: readonly { readonly weights: Tensor; readonly v: Tensor }[]
}

export interface GpuForward {
  /** @param flat  all parameters  @param tokens  read, int32, [sequences · T]  @param targets  predicted, the same */
  readonly run: (flat: Tensor1D, tokens: Tensor1D, targets: Tensor1D) => GpuActivations
  /** Held from one run to the next; the caller disposes of them. */
  readonly constants: readonly Tensor[]
}

/** The transformer in tfjs, differentiable in its flat parameters. */
export function gpuForward(config: TransformerConfig): GpuForward {
  const { length: T, width, heads, hidden, layers, vocabulary, positions } = config
  const headWidth = width / heads
  const tensors = new Map(layoutOf(config).map((tensor) => [tensor.name, tensor]))
  const given = causal(T)
  const rows = gpuRows(config, given)
  const turns = positions === 'rotary' ? rotation(T, headWidth) : null
  const rotate = (x: Tensor) => (turns ? rotated(x, turns) : x)

  const run: GpuForward['run'] = (flat, tokens, targets) => {
    const sequences = tokens.size / T
    const of = (name: string): Tensor => {
      const { start, size, shape } = tensors.get(name)!
      return reshape(slice(flat, [start], [size]), [...shape])
    }
    const matrix = (x: Tensor, name: string) => matMul(x as Tensor2D, of(name) as Tensor2D)
    const norm = (x: Tensor, name: string) => {
      const { mean, variance } = moments(x, -1, true)
      const unit = mul(sub(x, mean), rsqrt(add(variance, 1e-5)))
      return add(mul(unit, of(`${name}.gain`)), of(`${name}.bias`))
    }
    const byHead = (x: Tensor) => transpose(reshape(x, [sequences, T, heads, headWidth]), [0, 2, 1, 3])
    const oneHots = (ids: Tensor1D) => cast(oneHot(ids, vocabulary), 'float32')

    const embedded = reshape(matrix(oneHots(tokens), 'embedding'), [sequences, T, width])
    let h = reshape(positions === 'learned' ? add(embedded, of('positions')) : embedded, [sequences * T, width])
    const made: { weights: Tensor; v: Tensor }[] = []
    for (let l = 0; l < layers; l++) {
      const block = `blocks.${l}`
      const x = norm(h, `${block}.norm1`)
      const v = matrix(x, `${block}.value`)
      const [q, k] = ['query', 'key'].map((name) => rotate(byHead(matrix(x, `${block}.${name}`))))
      const scores = mul(matMul(q!, k!, false, true), 1 / Math.sqrt(headWidth))
      const weights = rows(scores, tensors.has(`${block}.learned`) ? of(`${block}.learned`) : null)
      const mixed = reshape(transpose(matMul(weights, byHead(v)), [0, 2, 1, 3]), [sequences * T, width])
      h = add(h, matrix(mixed, `${block}.attended`))
      if (hidden > 0) {
        const wide = relu(matrix(norm(h, `${block}.norm2`), `${block}.widen`))
        h = add(h, matrix(wide, `${block}.narrow`))
      }
      made.push({ weights, v })
    }
    const logs = rowTensor('log-softmax', matrix(norm(h, 'norm'), 'output'), {})
    return { losses: neg(sum(mul(logs, oneHots(targets)), -1)), last: h, layers: made }
  }
  return { run, constants: [...Object.values(given), ...Object.values(turns ?? {})] as Tensor[] }
}

interface Turns {
  /** Of each position and entry, [T, headWidth]. */
  readonly cosines: Tensor
  readonly sines: Tensor
  /** (a, b) times this is (−b, a), pair by pair. */
  readonly quarter: Tensor2D
}

function rotation(T: number, headWidth: number): Turns {
  const turns = rotaryTurns(T, headWidth)
  const part = (offset: number) => Float32Array.from(turns, (_, at) => turns[at - (at % 2) + offset]!)
  const quarter = Array.from({ length: headWidth ** 2 }, (_, at) => {
    const [row, column] = [Math.floor(at / headWidth), at % headWidth]
    return (row ^ 1) === column ? (row % 2 === 0 ? 1 : -1) : 0
  })
  return {
    cosines: tensor2d(part(0), [T, headWidth]),
    sines: tensor2d(part(1), [T, headWidth]),
    quarter: tensor2d(quarter, [headWidth, headWidth]),
  }
}

/** Turns neighbouring pairs of [sequences, heads, T, headWidth] by their position's angle. */
function rotated(x: Tensor, { cosines, sines, quarter }: Turns): Tensor {
  const turned = reshape(matMul(reshape(x, [-1, quarter.shape[0]]) as Tensor2D, quarter), x.shape)
  return add(mul(x, cosines), mul(turned, sines))
}
