import { gaussian } from '../../math/random/gaussian.ts'
import type { Rng } from '../../math/random/rng.ts'
import type { Activation } from './activations.ts'
import { affine, backThrough, gatherGradient, softmaxRows, type DenseLayer } from './dense.ts'

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
  /** Activations of each layer, shape [capacity, width]; the last one holds probabilities. */
  readonly outputs: readonly Float64Array[]
  readonly #layers: readonly DenseLayer[]
  readonly #deltas: readonly Float64Array[]
  readonly #activation: Activation

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

  /**
   * Fills `outputs` for `n` samples.
   * @param inputs  shape [n, widths[0]]
   * @param disturb  called with each hidden layer's activations, shape [n, width], before the next reads them
   */
  forward(inputs: Float64Array, n: number, disturb?: (activations: Float64Array, size: number) => void): void {
    let below = inputs
    this.#layers.forEach((layer, l) => {
      const out = this.outputs[l]!
      affine(this.parameters, layer, below, out, n)
      if (l === this.#layers.length - 1) softmaxRows(out, n, layer.width)
      else {
        this.#activation.apply(out, 0, n * layer.width)
        disturb?.(out, n * layer.width)
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
      this.#activation.slope(this.#deltas[l - 1]!, this.outputs[l - 1]!, 0, n * layer.fanIn)
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
