// Parameters against their gradient, in place, f32; counts are multiples of 4.
// Oracle: src/models/transformer/float64/optimizers.ts.

/**
 * AdamW.
 * @param firstScale   1 / (1 − β₁ᵗ)
 * @param secondScale  1 / (1 − β₂ᵗ)
 * @param shrink       1 − learning rate · weight decay
 */
export function adamw(
  count: i32,
  w: usize,
  g: usize,
  first: usize,
  second: usize,
  rate: f32,
  beta1: f32,
  beta2: f32,
  firstScale: f32,
  secondScale: f32,
  shrink: f32,
): void {
  const size = (<usize>count) << 2
  for (let at: usize = 0; at < size; at += 16) {
    const gradient = v128.load(g + at)
    const m = f32x4.add(
      f32x4.mul(v128.load(first + at), f32x4.splat(beta1)),
      f32x4.mul(gradient, f32x4.splat(<f32>1 - beta1)),
    )
    const v = f32x4.add(
      f32x4.mul(v128.load(second + at), f32x4.splat(beta2)),
      f32x4.mul(f32x4.mul(gradient, gradient), f32x4.splat(<f32>1 - beta2)),
    )
    v128.store(first + at, m)
    v128.store(second + at, v)
    const root = f32x4.add(f32x4.sqrt(f32x4.mul(v, f32x4.splat(secondScale))), f32x4.splat(1e-8))
    const move = f32x4.div(f32x4.mul(m, f32x4.splat(rate * firstScale)), root)
    v128.store(w + at, f32x4.sub(f32x4.mul(v128.load(w + at), f32x4.splat(shrink)), move))
  }
}

/** Gradient descent with momentum: velocity = momentum · velocity + gradient. */
export function sgd(count: i32, w: usize, g: usize, velocity: usize, rate: f32, momentum: f32, shrink: f32): void {
  const size = (<usize>count) << 2
  for (let at: usize = 0; at < size; at += 16) {
    const v = f32x4.add(f32x4.mul(v128.load(velocity + at), f32x4.splat(momentum)), v128.load(g + at))
    v128.store(velocity + at, v)
    v128.store(w + at, f32x4.sub(f32x4.mul(v128.load(w + at), f32x4.splat(shrink)), f32x4.mul(v, f32x4.splat(rate))))
  }
}
