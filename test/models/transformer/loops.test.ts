import { describe, expect, it } from 'vitest'
import { rng } from '../../../src/math/random/rng.ts'
import { openFloat64 } from '../../../src/models/transformer/float64/openFloat64.ts'
import type { AttentionShape, Loops, Values } from '../../../src/models/transformer/loops.ts'
import { openWasm } from '../../../src/models/transformer/wasm/openWasm.ts'
import { largestGap } from '../../kernels/wasm/openTestLoops.ts'

/** Some 30 roundings of numbers up to 4 in float32. */
const tolerance = 4e-6

type Cut = (size: number) => Values
interface Place {
  readonly loops: Loops
  /** Seeded numbers in [−1, 1), the same in both precisions. */
  readonly noise: Cut
  readonly zeros: Cut
  readonly tokens: (size: number, below: number) => Int32Array
}

async function place(open: typeof openWasm): Promise<Place> {
  const loops = await open(60_000, 4096)
  if ('reason' in loops) throw new Error(loops.reason)
  const draw = rng(1)
  let next = 0
  const zeros: Cut = (size) => {
    const start = next
    next += Math.ceil(size / 8) * 8 + 8
    return loops.values.subarray(start, start + size)
  }
  const noise: Cut = (size) => {
    const part = zeros(size)
    part.set(Float32Array.from({ length: size }, () => 2 * draw() - 1))
    return part
  }
  return {
    loops,
    noise,
    zeros,
    tokens(size, below) {
      const ids = loops.integers(zeros(size))
      ids.set(Array.from({ length: size }, () => Math.floor(below * draw())))
      return ids
    },
  }
}

/** Runs the same on both, and compares all that `work` gives. */
async function agree(work: (at: Place) => Values[]): Promise<number> {
  const [exact, fast] = [work(await place(openFloat64)), work(await place(openWasm))]
  return Math.max(...exact.map((want, i) => largestGap(fast[i]!, want)))
}

const shapes: readonly [sequences: number, shape: AttentionShape][] = [
  [1, { T: 1, heads: 1, headWidth: 4, step: 8 }],
  [2, { T: 7, heads: 3, headWidth: 2, step: 8 }],
  [3, { T: 8, heads: 2, headWidth: 6, step: 8 }],
  [2, { T: 21, heads: 2, headWidth: 8, step: 24 }],
  [1, { T: 33, heads: 1, headWidth: 12, step: 40 }],
]

/** Entries of a causal square that a row may read: up to itself. */
function causal(values: Values, { T, step }: AttentionShape): Float64Array {
  return Float64Array.from(values, (value, at) => (at % step <= Math.floor(at / step) % T ? value : 0))
}

describe('the SIMD loops, against the float64 loops', () => {
  it.each([
    [1, 4, 4],
    [5, 8, 12],
    [37, 12, 20],
  ])('project, and go back, for %i rows from %i to %i', async (rows, inputs, outputs) => {
    const gap = await agree(({ loops, noise }) => {
      const [x, w, y, dx, dw] = [rows * inputs, inputs * outputs, rows * outputs, rows * inputs, inputs * outputs].map(
        noise,
      ) as [Values, Values, Values, Values, Values]
      loops.project(rows, inputs, outputs, x, w, y, true)
      loops.weightBack(rows, inputs, outputs, x, y, dw)
      loops.projectBack(rows, inputs, outputs, y, w, dx, true)
      loops.project(rows, inputs, outputs, dx, dw, y, false)
      loops.projectBack(rows, inputs, outputs, y, w, x, false)
      return [y, dx, dw, x]
    })
    // The last product chains five others, each of up to 37 terms: its numbers reach 1e4.
    expect(gap).toBeLessThanOrEqual(1e4 * tolerance)
  })

  it.each(shapes)('attend, %i sequences of %o, forward and back', async (sequences, shape) => {
    const rows = sequences * shape.T * shape.heads * shape.headWidth
    const square = sequences * shape.heads * shape.T * shape.step
    const gap = await agree(({ loops, noise, zeros }) => {
      const [q, k, v] = [noise(rows), noise(rows), noise(rows)]
      const [scores, weights, o, back] = [zeros(square), noise(square), zeros(rows), zeros(rows)]
      const seen = causal(weights, shape)
      weights.set(seen)
      loops.scores(shape, sequences, q, k, scores, 0.3)
      loops.mix(shape, sequences, weights, v, o, 0.5)
      loops.mixBack(shape, sequences, weights, q, back, 0.5)
      return [Float64Array.from(causal(scores, shape)), o, back]
    })
    expect(gap).toBeLessThanOrEqual(tolerance)
  })

  it.each(shapes)('rotate, %i sequences of %o, and back to where they were', async (sequences, shape) => {
    const rows = sequences * shape.T * shape.heads * shape.headWidth
    const gap = await agree(({ loops, noise }) => {
      const [x, turns] = [noise(rows), noise(shape.T * shape.headWidth)]
      loops.rotate(shape, sequences, x, turns, 1)
      const once = x.slice()
      loops.rotate(shape, sequences, x, turns, -1)
      return [once, x]
    })
    expect(gap).toBeLessThanOrEqual(tolerance)
  })

  it.each([4, 12, 32])('normalise layers of width %i, rectify, and go back', async (width) => {
    const gap = await agree(({ loops, noise, zeros }) => {
      const [x, dy, dx] = [noise(9 * width), noise(9 * width), noise(9 * width)]
      const [gain, bias, dGain, dBias] = [noise(width), noise(width), noise(width), noise(width)]
      const [y, stats] = [zeros(9 * width), zeros(18)]
      loops.layerNorm(9, width, x, gain, bias, y, stats)
      loops.layerNormBack(9, width, dy, x, gain, stats, dx, dGain, dBias)
      loops.relu(9 * width, x)
      loops.reluBack(9 * width, x, dy)
      return [y, dx, dGain, dBias, x, dy]
    })
    // 1/√(variance + ε) is up to 4 here, and enters twice.
    expect(gap).toBeLessThanOrEqual(4 * tolerance)
  })

  it.each([4, 32, 100])('take the cross-entropy over %i tokens, and its gradient', async (size) => {
    const gap = await agree(({ loops, noise, zeros, tokens }) => {
      const [logits, losses, targets] = [noise(11 * size), zeros(11), tokens(11, size)]
      for (let i = 0; i < logits.length; i++) logits[i]! *= 8
      loops.crossEntropy(11, size, logits, targets, losses, 0.25)
      return [logits, losses]
    })
    expect(gap).toBeLessThanOrEqual(tolerance)
  })

  it.each([true, false])('embed and go back, with positions: %o', async (withPositions) => {
    const gap = await agree(({ loops, noise, tokens }) => {
      const [embedding, positions, h] = [noise(8 * 12), noise(5 * 12), noise(3 * 5 * 12)]
      const ids = tokens(15, 8)
      loops.embed(3, 5, 12, ids, embedding, withPositions ? positions : null, h)
      const before = h.slice()
      loops.embedBack(3, 5, 12, ids, h, embedding, withPositions ? positions : null)
      return [before, embedding, positions]
    })
    expect(gap).toBeLessThanOrEqual(tolerance)
  })

  it('move parameters by AdamW and by SGD for three steps', async () => {
    const gap = await agree(({ loops, noise, zeros }) => {
      const [w, u, g, first, second, velocity] = [noise(20), noise(20), noise(20), zeros(20), zeros(20), zeros(20)]
      for (let step = 1; step <= 3; step++) {
        loops.adamw(20, w, g, first, second, 0.1, 0.01, step)
        loops.sgd(20, u, g, velocity, 0.1, 0.9, 0.01)
      }
      return [w, u, first, second, velocity]
    })
    expect(gap).toBeLessThanOrEqual(tolerance)
  })
})

describe('AdamW', () => {
  it('moves by the learning rate at the first step, whatever the gradient, and shrinks what has none', async () => {
    const { loops, zeros } = await place(openFloat64)
    const [w, g] = [zeros(2), zeros(2)]
    w.set([1, 2])
    g.set([1e-3, 0])
    loops.adamw(2, w, g, zeros(2), zeros(2), 0.1, 0.5, 1)
    // 1 (1 − 0.1 · 0.5) − 0.1 · 1e-3 / (1e-3 + 1e-8), and 2 (1 − 0.05).
    expect(Math.abs(w[0]! - (0.95 - 0.1 / (1 + 1e-5)))).toBeLessThanOrEqual(1e-12)
    expect(w[1]).toBeCloseTo(1.9, 15)
  })
})
