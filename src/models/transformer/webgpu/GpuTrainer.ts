import { DeviceLostError } from '../../../engine/errors.ts'
import {
  engine,
  mean,
  submit,
  tensor1d,
  tidy,
  variable,
  variableGrads,
  zeros,
  type Gpu,
  type Tensor,
  type Tensor1D,
} from '../../../engine/tf.ts'
import { attentionShape } from '../buffers.ts'
import type { ModelSetup } from '../engines.ts'
import type { Activations, LiveModel } from '../live.ts'
import { gpuForward, type GpuForward } from './forward.ts'
import { gpuOptimizers, type GpuState } from './optimizers.ts'

/** A model in training on a GPU: steps are queued, and nothing is read back but what `evaluate` asks for. */
export class GpuTrainer implements LiveModel {
  readonly #setup: ModelSetup
  readonly #gpu: Gpu
  readonly #forward: GpuForward
  readonly #state: GpuState
  #gradient: Tensor | null = null
  #step = 0

  constructor(setup: ModelSetup, gpu: Gpu) {
    this.#setup = setup
    this.#gpu = gpu
    this.#forward = gpuForward(setup.config)
    const size = setup.parameters.length
    this.#state = {
      flat: variable(tensor1d(Float32Array.from(setup.parameters))),
      first: variable(zeros([size])),
      second: variable(zeros([size])),
    }
  }

  /** The whole batch: a GPU is fastest with all of it. */
  get capacity(): number {
    return this.#setup.batch
  }

  learn(batch: Int32Array, _size: number, from: number, count: number): void {
    this.#gradient?.dispose()
    this.#gradient = tidy(() => {
      const { grads } = variableGrads(() => {
        const { losses } = this.#forward.run(this.#state.flat as Tensor1D, ...this.#tokens(batch, from, count))
        return mean(losses)
      }, [this.#state.flat])
      return grads[this.#state.flat.name]!
    })
  }

  move(): null {
    this.#step += 1
    const { optimizer, settings } = this.#setup
    gpuOptimizers[optimizer.id]!(this.#state, this.#gradient!, settings, this.#step)
    return null
  }

  async evaluate(batch: Int32Array, from: number, count: number): Promise<Activations> {
    const { config } = this.#setup
    const made = tidy(() => {
      const { losses, last, layers } = this.#forward.run(
        this.#state.flat as Tensor1D,
        ...this.#tokens(batch, from, count),
      )
      return [losses, last, ...layers.flatMap(({ weights, v }) => [weights, v])]
    })
    const [losses, last, ...layers] = await this.#whileAlive(Promise.all(made.map(taken)))
    const shape = attentionShape(config)
    const tokens = new Int32Array(count * config.length)
    tokensAt(batch, from, config.length, 0, tokens)
    return {
      config,
      shape: { ...shape, step: shape.T },
      tokens,
      losses: losses!,
      last: last!,
      layers: Array.from({ length: config.layers }, (_, l) => ({ weights: layers[2 * l]!, v: layers[2 * l + 1]! })),
    }
  }

  async parameters(): Promise<Float32Array> {
    return (await this.#whileAlive(this.#state.flat.data())) as Float32Array
  }

  /** Tokens read and tokens predicted. */
  #tokens(batch: Int32Array, from: number, count: number): [Tensor1D, Tensor1D] {
    const { length } = this.#setup.config
    const out = new Int32Array(count * length)
    const at = (shift: number) => {
      tokensAt(batch, from, length, shift, out)
      return tensor1d(out.slice(), 'int32')
    }
    return [at(0), at(1)]
  }

  async settled(): Promise<void> {
    submit(this.#gpu.backend)
    await this.#whileAlive(this.#gpu.backend.queue.onSubmittedWorkDone())
  }

  /** @throws DeviceLostError if the device goes, or if another has taken its place in tfjs, which knows one at a time */
  async #whileAlive<T>(work: Promise<T>): Promise<T> {
    const lost = this.#gpu.lost.then((reason): never => {
      throw new DeviceLostError(reason)
    })
    const result = await Promise.race([work, lost])
    if (engine().findBackend('webgpu') !== this.#gpu.backend)
      throw new DeviceLostError('another panel has taken the GPU')
    return result
  }

  dispose(): void {
    this.#gradient?.dispose()
    for (const held of [...Object.values(this.#state), ...this.#forward.constants]) (held as Tensor).dispose()
  }
}

/** A tensor's numbers; it is gone after that. */
async function taken(tensor: Tensor): Promise<Float32Array> {
  const values = (await tensor.data()) as Float32Array
  tensor.dispose()
  return values
}

function tokensAt(batch: Int32Array, from: number, length: number, shift: number, out: Int32Array): void {
  for (let i = 0; i < out.length; i++)
    out[i] = batch[(from + Math.floor(i / length)) * (length + 1) + (i % length) + shift]!
}
