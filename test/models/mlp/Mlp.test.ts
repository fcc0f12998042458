import { describe, expect, it } from 'vitest'
import { gaussian } from '../../../src/math/random/gaussian.ts'
import { rng } from '../../../src/math/random/rng.ts'
import { activations } from '../../../src/models/mlp/activations.ts'
import { Mlp } from '../../../src/models/mlp/Mlp.ts'

describe.each(activations)('a network of $id units', (activation) => {
  it.each([0, 0.3])(
    'with noise of %f has the gradient of its loss, by central differences of h = 1e-6, within 1e-8',
    (noise) => {
      const draw = rng(9)
      const [n, widths] = [5, [4, 6, 3, 3]]
      const network = new Mlp(widths, activation, n)
      network.initialise(draw)
      // Biases away from 0 keep ReLU and ELU off their kinks.
      for (let i = 0; i < network.parameters.length; i++) network.parameters[i]! += 0.1 * gaussian(draw)
      const inputs = Float64Array.from({ length: n * 4 }, () => gaussian(draw))
      const labels = Int32Array.from({ length: n }, (_, i) => i % 3)
      // The same noise in every pass, so that the loss is a function of the parameters.
      const held = Float64Array.from({ length: n * (6 + 3) }, () => noise * gaussian(draw))
      const loss = () => {
        let used = 0
        const disturb = (values: Float64Array, size: number) => {
          for (let i = 0; i < size; i++) values[i]! += held[used++]!
        }
        network.forward(inputs, n, noise > 0 ? disturb : undefined)
        return network.backward(inputs, labels, n)
      }
      loss()
      const gradient = network.gradient.slice()
      const h = 1e-6
      for (let i = 0; i < network.parameters.length; i++) {
        const kept = network.parameters[i]!
        network.parameters[i] = kept + h
        const above = loss()
        network.parameters[i] = kept - h
        const below = loss()
        network.parameters[i] = kept
        expect(Math.abs((above - below) / (2 * h) - gradient[i]!)).toBeLessThan(1e-8)
      }
    },
  )

  it('gives probabilities that sum to 1 within 1e-12', () => {
    const network = new Mlp([3, 4, 5], activation, 2)
    network.initialise(rng(1))
    network.forward(Float64Array.of(1, -2, 3, 400, 500, -600), 2)
    const [a, b] = [network.outputs[1]!.subarray(0, 5), network.outputs[1]!.subarray(5, 10)]
    for (const row of [a, b]) expect(Math.abs(row.reduce((sum, p) => sum + p, 0) - 1)).toBeLessThan(1e-12)
  })
})

it('weights start within two deviations of 1/√fan-in and biases at 0', () => {
  const network = new Mlp([16, 40, 2], activations[0]!, 1)
  network.initialise(rng(2))
  const first = network.parameters.subarray(0, 640)
  expect(Math.max(...first.map(Math.abs))).toBeLessThanOrEqual(2 / 4)
  // A normal cut at two deviations has a deviation of 0.880; 640 draws estimate it to about 3 %.
  expect(Math.abs(Math.sqrt(first.reduce((sum, w) => sum + w * w, 0) / 640) * 4 - 0.88)).toBeLessThan(0.1)
  expect(network.parameters.subarray(640, 680).every((bias) => bias === 0)).toBe(true)
})

it('tanh units are within 4e-16 of Math.tanh from −30 to 30, odd, and 0 at 0', () => {
  const zs = Float64Array.from({ length: 6001 }, (_, i) => (i - 3000) / 100)
  const values = zs.slice()
  activations[0]!.apply(values, 0, values.length)
  expect(Math.max(...values.map((value, i) => Math.abs(value - Math.tanh(zs[i]!))))).toBeLessThan(4e-16)
  expect(values.every((value, i) => value === -values[values.length - 1 - i]! || value === 0)).toBe(true)
  expect(values[3000]).toBe(0)
})
