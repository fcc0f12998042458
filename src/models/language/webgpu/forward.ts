import { DeviceLostError } from '../../../engine/errors.ts'
import {
  cast,
  checked,
  exp,
  matMul,
  max,
  mul,
  oneHot,
  slice,
  sub,
  sum,
  tensor1d,
  tensor2d,
  tidy,
  type Gpu,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
} from '../../../engine/tf.ts'
import { causal } from '../../transformer/webgpu/rows.ts'
import { checkIds, type ForwardOptions, type Trace } from '../forward.ts'
import type { LanguageModel } from '../model.ts'
import { blockWords, Predicting } from '../predictions.ts'
import { gpuBlock, gpuNorm, type Given } from './block.ts'
import { rotationOf } from './rotation.ts'

/**
 * The forward pass on a GPU, in float32: layer by layer, whose weights are uploaded and freed, and one read-back at the
 * end. Between two layers it waits for the device, so that no more than one layer's weights are on their way.
 * Oracle: `forward`, in float64.
 * @throws GpuError, DeviceLostError, DomainError for ids that the model does not take, what the signal carries
 */
export async function gpuForward(
  gpu: Gpu,
  model: LanguageModel,
  ids: readonly number[],
  options: ForwardOptions,
): Promise<Trace> {
  const { shape } = model
  checkIds(shape, ids)
  const { signal, progress, normalizerAt } = options
  const { layers, width } = shape
  const work = new Work(gpu, signal)
  try {
    const given = constantsOf(work, model, ids.length)
    let h: Tensor = work.keep(tensor2d(Float32Array.from(await model.embed(ids)), [ids.length, width]))
    const hidden = [h]
    const weights: Tensor[] = []
    const norms: Tensor[] = []
    for (let l = 0; l < layers; l++) {
      progress?.(l / (layers + 1), `layer ${l + 1} of ${layers}`)
      const layer = await model.layer(l)
      const made = await work.run(`layer ${l + 1}`, () => gpuBlock(h, layer, (head) => normalizerAt(l, head), given))
      h = made.h
      hidden.push(h)
      weights.push(made.weights)
      norms.push(made.norms)
    }
    progress?.(layers / (layers + 1), 'the next tokens')
    const blocks = await logitBlocks(work, model, h, ids, options.allLogits ?? false)
    const [maps, states, lengths, ...rest] = await work.read([
      weights,
      hidden,
      norms,
      ...blocks.map((each) => each.tensors),
    ])
    const predicting = new Predicting(ids, shape.vocabulary, options.allLogits ?? false)
    blocks.forEach(({ first }, i) => {
      const [maxima, sums, targets, last, all = null] = rest[i]!
      predicting.add({ first, maxima: maxima!, sums: sums!, targets: targets!, last: last!, all })
    })
    return {
      tokens: ids.length,
      attention: joined(Float32Array, maps!),
      hidden: joined(Float64Array, states!),
      valueNorms: joined(Float64Array, lengths!),
      ...predicting.end(),
    }
  } finally {
    work.dispose()
  }
}

function constantsOf(work: Work, { shape }: LanguageModel, T: number): Given {
  const seen = work.made(() => causal(T))
  const rotation = shape.rotary && work.made(() => rotationOf(shape.rotary!, T))
  return { shape, causal: seen, rotation }
}

/** What is to be read of the logits, a block of the vocabulary at a time; see `LogitBlock`. */
async function logitBlocks(work: Work, model: LanguageModel, h: Tensor, ids: readonly number[], all: boolean) {
  const { shape } = model
  const { vocabulary, width } = shape
  const norm = await model.finalNorm()
  const { last } = await work.run('the final norm', () => ({ last: gpuNorm(h, norm, shape) }))
  const blocks: { readonly first: number; readonly tensors: readonly Tensor[] }[] = []
  for (let first = 0; first < vocabulary; first += blockWords) {
    const words = Math.min(vocabulary - first, blockWords)
    const weight = await model.outputRows(first, first + words)
    const next = Int32Array.from(ids, (_, t) => (ids[t + 1] ?? -1) - first)
    const { z, ...made } = await work.run('the logits', () => {
      const z = matMul(last as Tensor2D, tensor2d(weight, [words, width]), false, true)
      const maxima = max(z, -1, true)
      const sums = sum(exp(sub(z, maxima)), -1)
      // An index outside the block is a row of zeros.
      const hits = cast(oneHot(tensor1d(next, 'int32') as Tensor1D, words), 'float32')
      const targets = sum(mul(z, hits), -1)
      return { maxima, sums, targets, end: slice(z, [ids.length - 1, 0], [1, words]), z }
    })
    if (!all) z.dispose()
    blocks.push({ first, tensors: [made.maxima, made.sums, made.targets, made.end, ...(all ? [z] : [])] })
  }
  return blocks
}

/** Queues work on a device, holds what it makes, and frees all of it. */
class Work {
  readonly #gpu: Gpu
  readonly #signal: AbortSignal | undefined
  readonly #held: Tensor[] = []
  readonly #lost: Promise<never>

  constructor(gpu: Gpu, signal: AbortSignal | undefined) {
    this.#gpu = gpu
    this.#signal = signal
    this.#lost = gpu.lost.then((reason) => {
      throw new DeviceLostError(reason)
    })
    // Heard where it is raced; a loss after the last race concerns nobody.
    this.#lost.catch(() => undefined)
  }

  keep<T extends Tensor>(tensor: T): T {
    this.#held.push(tensor)
    return tensor
  }

  /** Keeps the tensors that `make` returns, and none besides. */
  made<R extends object>(make: () => R): R {
    const tensors = tidy(() => make() as never) as R
    for (const tensor of Object.values(tensors)) this.keep(tensor as Tensor)
    return tensors
  }

  /** Runs `make` on the device to its end and keeps the tensors that it returns. */
  async run<R extends object>(label: string, make: () => R): Promise<R> {
    this.#signal?.throwIfAborted()
    const made = await this.#whileAlive(checked(this.#gpu.backend, label, () => this.made(make)))
    await this.#whileAlive(this.#gpu.backend.queue.onSubmittedWorkDone())
    return made
  }

  /** The numbers of all tensors, read at once. */
  async read(lists: readonly (readonly Tensor[])[]): Promise<Float32Array[][]> {
    this.#signal?.throwIfAborted()
    const all = lists.map((list) => Promise.all(list.map(async (tensor) => (await tensor.data()) as Float32Array)))
    const numbers = await this.#whileAlive(Promise.all(all))
    this.#signal?.throwIfAborted()
    return numbers
  }

  #whileAlive<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, this.#lost])
  }

  dispose(): void {
    for (const tensor of this.#held) tensor.dispose()
    this.#gpu.releasePool()
  }
}

function joined<A extends Float32Array | Float64Array>(
  kind: new (length: number) => A,
  parts: readonly Float32Array[],
): A {
  const out = new kind(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}
