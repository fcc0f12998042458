import { gaussian } from '../../math/random/gaussian.ts'
import { rng, type Rng } from '../../math/random/rng.ts'
import type { Activation } from './activations.ts'
import { Mlp, type Disturb } from './Mlp.ts'
import type { OptimizerChoice } from './optimizers.ts'

/** Labelled samples. */
export interface Dataset {
  /** Shape [n, features], row-major. */
  readonly inputs: Float64Array
  /** 0 … classes − 1, shape [n]. */
  readonly labels: Int32Array
  readonly features: number
  readonly classes: number
}

export interface TrainingPlan {
  /** Hidden layers only; inputs and classes come from the data. */
  readonly hidden: readonly number[]
  readonly activation: Activation
  readonly optimizer: OptimizerChoice
  readonly learningRate: number
  /** Samples a step; 0 is the whole training set. */
  readonly batch: number
  readonly epochs: number
  /** Adds l2 · w to the gradient of each weight. */
  readonly l2: number
  /** Deviation of the Gaussian noise on every hidden activation, while it learns and when it is read. */
  readonly noise: number
  /** Scale of the first weights: 1 is 1/√fan-in, √2 is He et al.'s. */
  readonly gain: number
  /** Share of the data that is trained on. */
  readonly trainShare: number
  readonly seed: number
}

/** The state of a run after an epoch; `network` goes on changing. */
export interface EpochState {
  readonly epoch: number
  /** Mean loss over the epoch's batches, nats; at epoch 0, before any step, over the training set. */
  readonly loss: number
  readonly network: Mlp
  /** Indices of the samples trained on; the others are the test set. */
  readonly trainOrder: Int32Array
  readonly trainCount: number
  /** For reading the network as it learns, with its noise: from the seed, the same at each epoch. None where it has none. */
  readonly noise: (() => Disturb) | undefined
}

/** The most samples whose activations a trained network holds at once. */
const held = 8192

/** Noise for reading has a stream of its own, so that how often a run is read does not change how it learns. */
const readingOffset = 0x9e3779b9

/** How many samples a network takes forward and back in a few milliseconds. */
export const samplesAtOnce = ({ parameters }: Mlp): number => Math.max(1, Math.floor(1_000_000 / parameters.length))

/**
 * Trains a network and yields after every epoch, epoch 0 first. The same plan gives the same numbers.
 * Shuffles anew each epoch; the batch that is left over at the end is used too.
 */
export function* train(data: Dataset, plan: TrainingPlan): Generator<EpochState> {
  for (const state of trainInParts(data, plan)) if (state !== null) yield state
}

/** As `train`, and yields null within an epoch after a few milliseconds of work at most. */
export function* trainInParts(data: Dataset, plan: TrainingPlan): Generator<EpochState | null> {
  const draw = rng(plan.seed)
  const n = data.labels.length
  const trainOrder = Int32Array.from({ length: n }, (_, i) => i)
  shuffle(trainOrder, n, draw)
  const trainCount = Math.max(1, Math.round(plan.trainShare * n))
  const batch = Math.min(trainCount, plan.batch || trainCount)
  const network = new Mlp([data.features, ...plan.hidden, data.classes], plan.activation, Math.min(n, held))
  network.initialise(draw, plan.gain)
  const step = plan.optimizer.create(network.parameters.length, plan.learningRate)
  const backward = descent(data, trainOrder, network)
  const noise = plan.noise > 0 ? () => noisy(plan.noise, rng(plan.seed + readingOffset)) : undefined
  const disturb = noise && noisy(plan.noise, draw)
  const fixed = { network, trainOrder, trainCount, noise }

  yield { epoch: 0, loss: yield* backward(0, trainCount, noise?.()), ...fixed }
  for (let epoch = 1; epoch <= plan.epochs; epoch++) {
    shuffle(trainOrder, trainCount, draw)
    let loss = 0
    for (let from = 0; from < trainCount; from += batch) {
      const size = Math.min(batch, trainCount - from)
      loss += ((yield* backward(from, size, disturb)) * size) / trainCount
      if (plan.l2 > 0) decay(network, plan.l2)
      step(network.parameters, network.gradient)
      yield null
    }
    yield { epoch, loss, ...fixed }
  }
}

/**
 * Gives the mean loss of `size` samples of the order from `from` on, nats, and leaves its gradient in the network; in
 * parts, if they are many.
 */
function descent(data: Dataset, order: Int32Array, network: Mlp) {
  const { gradient } = network
  const part = Math.min(order.length, held, samplesAtOnce(network))
  const inputs = new Float64Array(part * data.features)
  const labels = new Int32Array(part)
  const sum = new Float64Array(gradient.length)
  const ofPart = (from: number, size: number, disturb?: Disturb) => {
    gather(data, order, from, size, inputs, labels)
    network.forward(inputs, size, disturb)
    return network.backward(inputs, labels, size)
  }
  return function* (from: number, size: number, disturb?: Disturb): Generator<null, number> {
    if (size <= part) return ofPart(from, size, disturb)
    let loss = 0
    sum.fill(0)
    for (let done = 0; done < size; done += part) {
      const count = Math.min(part, size - done)
      const share = count / size
      loss += share * ofPart(from + done, count, disturb)
      for (let i = 0; i < sum.length; i++) sum[i]! += share * gradient[i]!
      yield null
    }
    gradient.set(sum)
    return loss
  }
}

/** Shuffles the first `count` entries. Source: Fisher & Yates, in Durstenfeld's form. */
function shuffle(order: Int32Array, count: number, draw: Rng): void {
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(draw() * (i + 1))
    const kept = order[i]!
    order[i] = order[j]!
    order[j] = kept
  }
}

function gather(
  data: Dataset,
  order: Int32Array,
  from: number,
  size: number,
  inputs: Float64Array,
  labels: Int32Array,
) {
  const { features } = data
  for (let i = 0; i < size; i++) {
    const sample = order[from + i]!
    for (let c = 0; c < features; c++) inputs[i * features + c] = data.inputs[sample * features + c]!
    labels[i] = data.labels[sample]!
  }
}

const noisy =
  (deviation: number, draw: Rng): Disturb =>
  (values, size) => {
    for (let i = 0; i < size; i++) values[i]! += deviation * gaussian(draw)
  }

function decay({ parameters, gradient, decays }: Mlp, l2: number): void {
  for (let i = 0; i < parameters.length; i++) if (decays[i]) gradient[i]! += l2 * parameters[i]!
}
