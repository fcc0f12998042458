import type { Dataset } from '../mlp/train.ts'
import { gaussian } from '../../math/random/gaussian.ts'
import { rng, type Rng } from '../../math/random/rng.ts'
import { shuffled } from '../../math/random/shuffled.ts'

/** Bits of a pattern, and points of the figure. */
const bits = 12
const patterns = 2 ** bits

type Point = readonly [x: number, y: number, z: number]

const phi = (1 + Math.sqrt(5)) / 2

/** The vertices of an icosahedron, in the order that gives the published labels. */
const icosahedron: readonly Point[] = (
  [
    [0, 1, phi],
    [1, phi, 0],
    [0, 1, -phi],
    [-1, phi, 0],
    [phi, 0, -1],
    [0, -1, phi],
    [1, -phi, 0],
    [-1, -phi, 0],
    [-phi, 0, -1],
    [0, -1, -phi],
    [-phi, 0, 1],
    [phi, 0, 1],
  ] as const
).map(([x, y, z]) => {
  const length = Math.sqrt(1 + phi * phi)
  return [x / length, y / length, z / length]
})

/** How the labels of the 12-bit task are made from its 4096 patterns. */
export type TwelveBitsVariant = 'published' | 'permuted' | 'stochastic' | 'random-points'

/**
 * The 12-bit task of Shwartz-Ziv & Tishby 2017: 4096 patterns of twelve points of a sphere, lit or not, and a label that
 * no rotation changes. f = lit points + length of the sum of their vectors; the label is 1 where f > 7.63.
 * `published`: the twelve are an icosahedron's vertices, and the labels are those of the data everyone used: 2118 ones.
 * `permuted`: the same with the bits in a seeded order. `stochastic`: labels drawn with p = 1 / (1 + e^{−53.826 (f − 7.63)}).
 * `random-points`: twelve seeded points and the median of f for a threshold: half ones, no symmetry.
 */
export function twelveBits(variant: TwelveBitsVariant, seed: number): Dataset {
  const draw = rng(seed)
  const points = variant === 'random-points' ? randomPoints(draw) : icosahedron
  const order = variant === 'permuted' ? shuffled([...Array(bits).keys()], draw) : [...Array(bits).keys()]
  const inputs = new Float64Array(patterns * bits)
  for (let i = 0; i < patterns; i++)
    for (let c = 0; c < bits; c++) inputs[i * bits + order[c]!] = (i >> (bits - 1 - c)) & 1
  const f = Float64Array.from({ length: patterns }, (_, i) => figure(points, i))
  const threshold = variant === 'random-points' ? median(f) : 7.63
  const labels = Int32Array.from(f, (value) =>
    variant === 'stochastic'
      ? Number(draw() < 1 / (1 + Math.exp(-53.826 * (value - threshold))))
      : Number(value > threshold),
  )
  return { inputs, labels, features: bits, classes: 2 }
}

/** Lit points of pattern i plus the length of the sum of their vectors. */
function figure(points: readonly Point[], pattern: number): number {
  let [lit, x, y, z] = [0, 0, 0, 0]
  for (let c = 0; c < bits; c++) {
    if (((pattern >> (bits - 1 - c)) & 1) === 0) continue
    const [px, py, pz] = points[c]!
    lit += 1
    x += px
    y += py
    z += pz
  }
  return lit + Math.sqrt(x * x + y * y + z * z)
}

function randomPoints(draw: Rng): Point[] {
  return Array.from({ length: bits }, () => {
    const [x, y, z] = [gaussian(draw), gaussian(draw), gaussian(draw)]
    const length = Math.sqrt(x * x + y * y + z * z)
    return [x / length, y / length, z / length] as const
  })
}

function median(values: Float64Array): number {
  const sorted = values.slice().sort()
  return (sorted[patterns / 2 - 1]! + sorted[patterns / 2]!) / 2
}
