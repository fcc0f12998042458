import { rng, type Rng } from '../../math/random/rng.ts'
import type { Dataset } from '../mlp/train.ts'

/** Pixels along a side. */
const side = 8
const classes = 4
const samples = 2048

/**
 * Small pictures, 8 × 8, of four shapes (a vertical bar, a horizontal bar, a diagonal, a ring) at a random place, with
 * a tenth of the pixels flipped. Every picture is made from the seed.
 */
export function shapes(seed: number): Dataset {
  const draw = rng(seed)
  const features = side * side
  const inputs = new Float64Array(samples * features)
  const labels = Int32Array.from({ length: samples }, (_, i) => i % classes)
  for (let i = 0; i < samples; i++) {
    const picture = inputs.subarray(i * features, (i + 1) * features)
    drawShape(picture, labels[i]!, draw)
    for (let p = 0; p < features; p++) if (draw() < 0.1) picture[p] = 1 - picture[p]!
  }
  return { inputs, labels, features, classes }
}

function drawShape(picture: Float64Array, label: number, draw: Rng): void {
  const length = 5
  const top = Math.floor(draw() * (side - length + 1))
  const left = Math.floor(draw() * (side - length + 1))
  for (let y = 0; y < length; y++)
    for (let x = 0; x < length; x++) {
      const edge = x === 0 || y === 0 || x === length - 1 || y === length - 1
      const lit = [x === 2, y === 2, x === y, edge][label]
      if (lit) picture[(top + y) * side + left + x] = 1
    }
}
