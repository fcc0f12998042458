import { gaussian } from '../../math/random/gaussian.ts'
import type { Rng } from '../../math/random/rng.ts'
import type { Activation } from './activations.ts'

/** Where a layer's weights and biases lie in the flat parameters. */
interface Layer {
  readonly fanIn: number
  readonly width: number
  /** Weights, shape [width, fanIn], row-major, from here on; biases, shape [width], after them. */
  readonly start: number
}

/**
 * A fully connected network that ends in a softmax over classes. Parameters and gradients lie each in one flat array,
 * and every buffer is made once, for batches of up to `capacity` samples: a step allocates nothing.
 */
export class Mlp {
  /** Inputs, hidden layers, classes. */
  readonly widths: readonly number[]
  readonly parameters: Float64Array
  readonly gradient: Float64Array
  /** True where a parameter is a weight, which decay may shrink; false for a bias. */
  readonly decays: Uint8Array
  /** Activations of each layer, shape [capacity, width]; the last one holds probabilities. */
  readonly outputs: readonly Float64Array[]
  readonly #layers: readonly Layer[]
  readonly #deltas: readonly Float64Array[]
  readonly #activation: Activation

  constructor(widths: readonly number[], activation: Activation, capacity: number) {
    this.widths = widths
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
    this.gradient.fill(0)
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

/** out = below Wᵀ + b, shape [n, width]. */
function affine(
  parameters: Float64Array,
  { fanIn, width, start }: Layer,
  below: Float64Array,
  out: Float64Array,
  n: number,
) {
  const biases = start + fanIn * width
  for (let i = 0; i < n; i++) {
    const row = i * fanIn
    for (let o = 0; o < width; o++) {
      const weights = start + o * fanIn
      let sum = parameters[biases + o]!
      for (let c = 0; c < fanIn; c++) sum += parameters[weights + c]! * below[row + c]!
      out[i * width + o] = sum
    }
  }
}

function softmaxRows(values: Float64Array, n: number, width: number): void {
  for (let i = 0; i < n; i++) {
    const start = i * width
    let largest = -Infinity
    for (let c = start; c < start + width; c++) if (values[c]! > largest) largest = values[c]!
    let total = 0
    for (let c = start; c < start + width; c++) total += values[c] = Math.exp(values[c]! - largest)
    for (let c = start; c < start + width; c++) values[c]! /= total
  }
}

/** Adds the batch's gradient of a layer's weights and biases. */
function gatherGradient(
  gradient: Float64Array,
  { fanIn, width, start }: Layer,
  delta: Float64Array,
  below: Float64Array,
  n: number,
) {
  const biases = start + fanIn * width
  for (let i = 0; i < n; i++) {
    const row = i * fanIn
    for (let o = 0; o < width; o++) {
      const weights = start + o * fanIn
      const d = delta[i * width + o]!
      gradient[biases + o]! += d
      for (let c = 0; c < fanIn; c++) gradient[weights + c]! += d * below[row + c]!
    }
  }
}

/** deltaBelow = delta W, shape [n, fanIn]. */
function backThrough(
  parameters: Float64Array,
  { fanIn, width, start }: Layer,
  delta: Float64Array,
  deltaBelow: Float64Array,
  n: number,
) {
  for (let i = 0; i < n; i++) {
    const row = i * fanIn
    for (let c = 0; c < fanIn; c++) {
      let sum = 0
      for (let o = 0; o < width; o++) sum += delta[i * width + o]! * parameters[start + o * fanIn + c]!
      deltaBelow[row + c] = sum
    }
  }
}
