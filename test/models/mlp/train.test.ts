import { describe, expect, it } from 'vitest'
import { binFixedEstimator } from '../../../src/math/estimators/binFixed.ts'
import { labelsFrom } from '../../../src/math/estimators/sample.ts'
import { rng } from '../../../src/math/random/rng.ts'
import { activationById } from '../../../src/models/mlp/activations.ts'
import { Mlp } from '../../../src/models/mlp/Mlp.ts'
import { optimizerById, optimizers } from '../../../src/models/mlp/optimizers.ts'
import { samplesAtOnce, train, trainInParts, type TrainingPlan } from '../../../src/models/mlp/train.ts'
import { twelveBits } from '../../../src/models/tasks/twelveBits.ts'

const plan: TrainingPlan = {
  hidden: [10, 7, 5, 4, 3],
  activation: activationById('tanh')!,
  optimizer: optimizerById('sgd')!,
  learningRate: 0.1,
  batch: 32,
  epochs: 150,
  l2: 0,
  noise: 0,
  gain: 1,
  trainShare: 0.85,
  seed: 0,
}
const data = twelveBits('published', 0)

/** Train accuracy at the end, and peak minus end of I(X;T) of the last hidden layer by 30 fixed bins, in bits. */
function fitAndCompress(seed: number): { accuracy: number; drop: number } {
  const labels = labelsFrom(data.labels)
  let [peak, end, accuracy] = [0, 0, 0]
  const logged = new Set([0, ...Array.from({ length: 30 }, (_, i) => Math.round(400 ** (i / 29)))])
  for (const { epoch, network, trainOrder, trainCount } of train(data, { ...plan, seed })) {
    if (!logged.has(epoch) && epoch !== plan.epochs) continue
    network.forward(data.inputs, 4096)
    const T = { rows: 4096, cols: 3, values: network.outputs[4]!.slice(0, 4096 * 3) }
    const { nats } = binFixedEstimator.estimate({ kind: 'activations', T, labels }, { bins: 30, lo: -1, hi: 1 })
    end = nats['I_XT']! / Math.LN2
    peak = Math.max(peak, end)
    const right = trainOrder.subarray(0, trainCount).filter((i) => {
      const ofOne = network.outputs[5]![2 * i + 1]!
      return Number(ofOne > 0.5) === data.labels[i]
    })
    accuracy = right.length / trainCount
  }
  return { accuracy, drop: peak - end }
}

describe('the 12-bit task with tanh and SGD at 0.1, 150 epochs', () => {
  it('fits to 0.94 and loses at least 1 bit of I(X;T5) after its peak, in two of three fresh seeds', () => {
    const runs = [101, 102, 103].map(fitAndCompress)
    expect(runs.filter(({ accuracy }) => accuracy >= 0.94).length).toBeGreaterThanOrEqual(2)
    expect(runs.filter(({ drop }) => drop >= 1).length).toBeGreaterThanOrEqual(2)
  })
})

it('the same plan gives the same parameters, another seed gives others', () => {
  const end = (seed: number) => [...train(data, { ...plan, seed, epochs: 2 })].at(-1)!.network.parameters
  expect(end(5)).toEqual(end(5))
  expect(end(5)).not.toEqual(end(6))
})

it.each(optimizers)('$id lowers the loss of the 12-bit task within 30 full-batch steps', (optimizer) => {
  const learningRate = optimizer.id === 'adam' ? 0.02 : 0.1
  const losses = [...train(data, { ...plan, optimizer, learningRate, batch: 0, epochs: 30 })].map(({ loss }) => loss)
  expect(losses.at(-1)!).toBeLessThan(losses[1]!)
})

it('Adam moves its first step by the learning rate against the sign of the gradient (Kingma & Ba 2015)', () => {
  const parameters = Float64Array.of(1, 1, 1)
  optimizerById('adam')!.create(3, 0.01)(parameters, Float64Array.of(5, -0.2, 1e-3))
  // ε = 1e-8 against |g| = 1e-3 shortens the last by 1e-5 of itself.
  expect(parameters.map((value, i) => Math.abs(value - [0.99, 1.01, 0.99][i]!)).every((gap) => gap < 2e-7)).toBe(true)
})

it('L2 shrinks the weights: their norm after 5 epochs is lower with 0.05 than without', () => {
  const norm = (l2: number) => {
    const { network } = [...train(data, { ...plan, l2, epochs: 5 })].at(-1)!
    return network.weightNorms().reduce((sum, value) => sum + value, 0)
  }
  expect(norm(0.05)).toBeLessThan(norm(0))
})

describe('noise of 0.3', () => {
  const noisy = { ...plan, noise: 0.3, epochs: 2 }

  it('learns the same parameters however often the network is read, and others than without', () => {
    const end = (reads: number, plan: TrainingPlan) => {
      let last: Float64Array | null = null
      for (const { network, noise } of train(data, plan)) {
        for (let k = 0; k < reads; k++) network.forward(data.inputs, 4096, noise?.())
        last = network.parameters
      }
      return last
    }
    expect(end(2, noisy)).toEqual(end(0, noisy))
    expect(end(0, noisy)).not.toEqual(end(0, { ...noisy, noise: 0 }))
  })

  it('lies on what is read, with a mean within 0.01 of 0 and a deviation within 0.01 of 0.3, and the same again', () => {
    const { network, noise } = [...train(data, { ...noisy, epochs: 0 })].at(-1)!
    const read = () => {
      network.forward(data.inputs, 4096, noise?.())
      return network.outputs[0]!.slice()
    }
    const once = read()
    // 40,960 draws: a standard error of 0.0015 of the mean and 0.001 of the deviation.
    const added = once.map((value, i) => value - network.activations[0]![i]!)
    const mean = added.reduce((sum, value) => sum + value / added.length, 0)
    const deviation = Math.sqrt(added.reduce((sum, value) => sum + (value - mean) ** 2 / added.length, 0))
    expect(Math.abs(mean)).toBeLessThan(0.01)
    expect(Math.abs(deviation - 0.3)).toBeLessThan(0.01)
    expect(Math.max(...network.activations[0]!.map(Math.abs))).toBeLessThanOrEqual(1)
    expect(read()).toEqual(once)
  })
})

describe('an epoch of many samples', () => {
  const whole = { ...plan, hidden: [40, 30], batch: 0, trainShare: 1, epochs: 1 }

  it('of one batch descends by the gradient of all 4096 samples, to 1e-12 of round-off, though it goes in parts', () => {
    const [before, after] = [0, 1].map((epochs) => [...train(data, { ...whole, epochs })].at(-1)!)
    const once = new Mlp([12, 40, 30, 2], plan.activation, 4096)
    expect(samplesAtOnce(once)).toBeLessThan(1000)
    // The same first weights: the order of the samples is drawn before them.
    const draw = rng(0)
    for (let i = 0; i < 4095; i++) draw()
    once.initialise(draw, 1)
    expect(before!.network.parameters).toEqual(once.parameters)
    once.forward(data.inputs, 4096)
    const loss = once.backward(data.inputs, data.labels, 4096)
    expect(Math.abs(before!.loss - loss)).toBeLessThan(1e-12)
    const gaps = after!.network.parameters.map((value, i) => value - (once.parameters[i]! - 0.1 * once.gradient[i]!))
    expect(Math.max(...gaps.map(Math.abs))).toBeLessThan(1e-12)
  })

  it.each([0, 32, 4000])('in batches of %i is interrupted after every samplesAtOnce samples or fewer', (batch) => {
    let [parts, network] = [0, null as Mlp | null]
    for (const state of trainInParts(data, { ...whole, batch })) {
      if (state?.epoch === 0) [parts, network] = [0, state.network]
      else if (state === null) parts += 1
    }
    expect(parts).toBeGreaterThanOrEqual(4096 / samplesAtOnce(network!))
  })
})
