import { gaussian } from '../../math/random/gaussian.ts'
import type { Rng } from '../../math/random/rng.ts'
import type { Activation } from './activations.ts'
import { affine, backThrough, gatherGradient, softmaxRows, type DenseLayer } from './dense.ts'

/** Adds noise to the first `size` values, in place. */
export type Disturb = (values: Float64Array, size: number) => void

/**
 * A fully connected network that ends in a softmax over classes. Parameters and gradients lie each in one flat array,
 * and every buffer is made once, for batches of up to `capacity` samples: a step allocates nothing.
 */
export class Mlp {
  /** Inputs, hidden layers, classes. */
  readonly widths: readonly number[]
  /** The most samples of a pass. */
  readonly capacity: number
  readonly parameters: Float64Array
  readonly gradient: Float64Array
  /** True where a parameter is a weight, which decay may shrink; false for a bias. */
  readonly decays: Uint8Array
  /** What each layer hands on, its noise included, shape [capacity, width]; the last one holds probabilities. */
  readonly outputs: readonly Float64Array[]
  readonly #layers: readonly DenseLayer[]
  readonly #deltas: readonly Float64Array[]
  readonly #activation: Activation
  /** Of the hidden layers, their activations as they were before noise; made by the first pass that has some. */
  #clean: readonly Float64Array[] | null = null
  #activations: readonly Float64Array[]

  constructor(widths: readonly number[], activation: Activation, capacity: number) {
    this.widths = widths
    this.capacity = capacity
    this.#activation = activation
    let size = 0
    this.#layers = widths.slice(1).map((width, l) => {
      const layer = { fanIn: widths[l]!, width, start: size }
      size += width * (layer.fanIn + 1)
      return layer
    })
    this.parameters = new Float64Array(size)
    this.gradient = new Float64Array(size)
    this.decays = new Uint8Array(size)
    for (const { start, fanIn, width } of this.#layers) this.decays.fill(1, start, start + fanIn * width)
    this.outputs = this.#layers.map(({ width }) => new Float64Array(capacity * width))
    this.#activations = this.outputs
    this.#deltas = this.#layers.map(({ width }) => new Float64Array(capacity * width))
  }

  /** Weights from a normal cut at two deviations, scaled by gain / √fan-in; biases 0. */
  initialise(rng: Rng, gain = 1): void {
    this.parameters.fill(0)
    for (const { start, fanIn, width } of this.#layers)
      for (let i = start; i < start + fanIn * width; i++) {
        let draw = gaussian(rng)
        while (Math.abs(draw) > 2) draw = gaussian(rng)
        this.parameters[i] = (gain * draw) / Math.sqrt(fanIn)
      }
  }

  /** Hidden activations of the last forward pass before any noise, then the probabilities; as `outputs` where it had none. */
  get activations(): readonly Float64Array[] {
    return this.#activations
  }

  /**
   * Fills `outputs` for `n` samples.
   * @param inputs  shape [n, widths[0]]
   * @param disturb  adds noise to each hidden layer's activations, shape [n, width], before the next reads them
   */
  forward(inputs: Float64Array, n: number, disturb?: Disturb): void {
    // The last layer has no noise.
    if (disturb) this.#clean ??= [...this.outputs.slice(0, -1).map((out) => out.slice()), this.outputs.at(-1)!]
    this.#activations = (disturb && this.#clean) ?? this.outputs
    let below = inputs
    this.#layers.forEach((layer, l) => {
      const out = this.outputs[l]!
      affine(this.parameters, layer, below, out, n)
      if (l === this.#layers.length - 1) softmaxRows(out, n, layer.width)
      else {
        const size = n * layer.width
        this.#activation.apply(out, 0, size)
        if (disturb) {
          const clean = this.#clean![l]!
          for (let i = 0; i < size; i++) clean[i] = out[i]!
          disturb(out, size)
        }
      }
      below = out
    })
  }

  /**
   * Mean cross-entropy of the last forward pass, nats, and its gradient into `gradient`.
   * @param labels  the class of each sample, shape [n]
   */
  backward(inputs: Float64Array, labels: Int32Array, n: number): number {
    const last = this.#layers.length - 1
    const classes = this.widths.at(-1)!
    const probabilities = this.outputs[last]!
    const top = this.#deltas[last]!
    let loss = 0
    for (let i = 0; i < n; i++) {
      for (let c = 0; c < classes; c++) top[i * classes + c] = probabilities[i * classes + c]! / n
      const at = i * classes + labels[i]!
      // A probability that has underflowed would cost infinity and say nothing more.
      loss -= Math.log(Math.max(probabilities[at]!, Number.MIN_VALUE)) / n
      top[at]! -= 1 / n
    }
    for (let l = last; l >= 0; l--) {
      const layer = this.#layers[l]!
      gatherGradient(this.gradient, layer, this.#deltas[l]!, l === 0 ? inputs : this.outputs[l - 1]!, n)
      if (l === 0) break
      backThrough(this.parameters, layer, this.#deltas[l]!, this.#deltas[l - 1]!, n)
      // Noise moves what the next layer reads, and not where on its curve a unit stands.
      this.#activation.slope(this.#deltas[l - 1]!, this.#activations[l - 1]!, 0, n * layer.fanIn)
    }
    return loss
  }

  /** Euclidean norm of each layer's weights. */
  weightNorms(): number[] {
    return this.#layers.map(({ start, fanIn, width }) => {
      let sum = 0
      for (let i = start; i < start + fanIn * width; i++) sum += this.parameters[i]! ** 2
      return Math.sqrt(sum)
    })
  }
}
