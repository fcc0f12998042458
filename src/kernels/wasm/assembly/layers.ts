// What stands between the matrix products, f32: layer norm, ReLU, cross-entropy, embeddings, rotary positions.
// Widths and vocabularies are multiples of 4. Oracle: src/models/transformer/float64/layers.ts.

import { exp, largestOf, sumOf } from './lanes'

/** y = gain ∘ (x − mean) / √(variance + 1e-5) + bias; keeps mean and 1/√… of each row in `stats`, [rows, 2]. */
export function layerNorm(rows: i32, width: i32, x: usize, gain: usize, bias: usize, y: usize, stats: usize): void {
  const size = (<usize>width) << 2
  for (let row = 0; row < rows; row++, x += size, y += size, stats += 8) {
    let total = f32x4.splat(0)
    for (let at: usize = 0; at < size; at += 16) total = f32x4.add(total, v128.load(x + at))
    const mean = sumOf(total) / <f32>width
    const middle = f32x4.splat(mean)
    let square = f32x4.splat(0)
    for (let at: usize = 0; at < size; at += 16) {
      const gap = f32x4.sub(v128.load(x + at), middle)
      square = f32x4.add(square, f32x4.mul(gap, gap))
    }
    const inverse = <f32>1 / Mathf.sqrt(sumOf(square) / <f32>width + <f32>1e-5)
    store<f32>(stats, mean)
    store<f32>(stats + 4, inverse)
    const scale = f32x4.splat(inverse)
    for (let at: usize = 0; at < size; at += 16) {
      const unit = f32x4.mul(f32x4.sub(v128.load(x + at), middle), scale)
      v128.store(y + at, f32x4.add(f32x4.mul(unit, v128.load(gain + at)), v128.load(bias + at)))
    }
  }
}

/** Adds to dx, dGain and dBias. */
export function layerNormBack(
  rows: i32,
  width: i32,
  dy: usize,
  x: usize,
  gain: usize,
  stats: usize,
  dx: usize,
  dGain: usize,
  dBias: usize,
): void {
  const size = (<usize>width) << 2
  for (let row = 0; row < rows; row++, dy += size, x += size, dx += size, stats += 8) {
    const middle = f32x4.splat(load<f32>(stats))
    const scale = f32x4.splat(load<f32>(stats + 4))
    let sum = f32x4.splat(0)
    let along = f32x4.splat(0)
    for (let at: usize = 0; at < size; at += 16) {
      const unit = f32x4.mul(f32x4.sub(v128.load(x + at), middle), scale)
      const d = v128.load(dy + at)
      const g = f32x4.mul(d, v128.load(gain + at))
      sum = f32x4.add(sum, g)
      along = f32x4.add(along, f32x4.mul(g, unit))
      v128.store(dGain + at, f32x4.add(v128.load(dGain + at), f32x4.mul(d, unit)))
      v128.store(dBias + at, f32x4.add(v128.load(dBias + at), d))
    }
    const mean = f32x4.splat(sumOf(sum) / <f32>width)
    const slope = f32x4.splat(sumOf(along) / <f32>width)
    for (let at: usize = 0; at < size; at += 16) {
      const unit = f32x4.mul(f32x4.sub(v128.load(x + at), middle), scale)
      const g = f32x4.mul(v128.load(dy + at), v128.load(gain + at))
      const back = f32x4.mul(scale, f32x4.sub(f32x4.sub(g, mean), f32x4.mul(unit, slope)))
      v128.store(dx + at, f32x4.add(v128.load(dx + at), back))
    }
  }
}

/** x = max(x, 0), `count` entries, a multiple of 4. */
export function relu(count: i32, x: usize): void {
  const end = x + ((<usize>count) << 2)
  for (; x < end; x += 16) v128.store(x, f32x4.max(v128.load(x), f32x4.splat(0)))
}

/** d = 0 where the ReLU gave 0. */
export function reluBack(count: i32, y: usize, d: usize): void {
  const end = y + ((<usize>count) << 2)
  for (; y < end; y += 16, d += 16) v128.store(d, v128.and(v128.load(d), f32x4.gt(v128.load(y), f32x4.splat(0))))
}

/** losses = log Σ e^z − z_target, nats; z becomes scale · (softmax(z) − e_target). */
export function crossEntropy(rows: i32, size: i32, z: usize, targets: usize, losses: usize, scale: f32): void {
  const bytes = (<usize>size) << 2
  for (let row = 0; row < rows; row++, z += bytes, targets += 4, losses += 4) {
    let largest = v128.load(z)
    for (let at: usize = 16; at < bytes; at += 16) largest = f32x4.max(largest, v128.load(z + at))
    const m = largestOf(largest)
    const target = z + ((<usize>load<i32>(targets)) << 2)
    const lead = load<f32>(target) - m
    let sum = f32x4.splat(0)
    for (let at: usize = 0; at < bytes; at += 16) {
      const e = exp(f32x4.sub(v128.load(z + at), f32x4.splat(m)))
      sum = f32x4.add(sum, e)
      v128.store(z + at, e)
    }
    const total = sumOf(sum)
    store<f32>(losses, Mathf.log(total) - lead)
    const share = f32x4.splat(scale / total)
    for (let at: usize = 0; at < bytes; at += 16) v128.store(z + at, f32x4.mul(v128.load(z + at), share))
    store<f32>(target, load<f32>(target) - scale)
  }
}

/** h[s, t] = embedding[token] + positions[t]; without positions if their address is 0. */
export function embed(
  sequences: i32,
  T: i32,
  width: i32,
  tokens: usize,
  embedding: usize,
  positions: usize,
  h: usize,
): void {
  const size = (<usize>width) << 2
  for (let s = 0; s < sequences; s++)
    for (let t = 0; t < T; t++, tokens += 4, h += size) {
      const row = embedding + <usize>load<i32>(tokens) * size
      const place = positions + <usize>t * size
      for (let at: usize = 0; at < size; at += 16) {
        const value = v128.load(row + at)
        v128.store(h + at, positions ? f32x4.add(value, v128.load(place + at)) : value)
      }
    }
}

/** Adds the gradient of h to those of the embedding and of the positions, if there are any. */
export function embedBack(
  sequences: i32,
  T: i32,
  width: i32,
  tokens: usize,
  dh: usize,
  dEmbedding: usize,
  dPositions: usize,
): void {
  const size = (<usize>width) << 2
  for (let s = 0; s < sequences; s++)
    for (let t = 0; t < T; t++, tokens += 4, dh += size) {
      const row = dEmbedding + <usize>load<i32>(tokens) * size
      const place = dPositions + <usize>t * size
      for (let at: usize = 0; at < size; at += 16) {
        const value = v128.load(dh + at)
        v128.store(row + at, f32x4.add(v128.load(row + at), value))
        if (dPositions) v128.store(place + at, f32x4.add(v128.load(place + at), value))
      }
    }
}

/**
 * Turns each pair of neighbouring entries of each head by its position's angle, in place.
 * @param turns      cosine and sine, [T, headWidth / 2, 2]
 * @param direction  1, or −1 to turn back
 */
export function rotate(
  sequences: i32,
  T: i32,
  heads: i32,
  headWidth: i32,
  x: usize,
  turns: usize,
  direction: f32,
): void {
  const size = (<usize>headWidth) << 2
  for (let s = 0; s < sequences; s++)
    for (let t = 0; t < T; t++) {
      const angles = turns + <usize>t * size
      for (let h = 0; h < heads; h++, x += size)
        for (let at: usize = 0; at < size; at += 8) {
          const cosine = load<f32>(angles + at)
          const sine = load<f32>(angles + at + 4) * direction
          const a = load<f32>(x + at)
          const b = load<f32>(x + at + 4)
          store<f32>(x + at, a * cosine - b * sine)
          store<f32>(x + at + 4, a * sine + b * cosine)
        }
    }
}
