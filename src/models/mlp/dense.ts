/** Where a layer's weights and biases lie in the flat parameters. */
export interface DenseLayer {
  readonly fanIn: number
  readonly width: number
  /** Weights, shape [width, fanIn], row-major, from here on; biases, shape [width], after them. */
  readonly start: number
}

// Loops over a few numbers a layer: four sums at a time share what they load, and nothing is allocated.

/** out = below Wᵀ + b, shape [n, width]. */
export function affine(
  parameters: Float64Array,
  { fanIn, width, start }: DenseLayer,
  below: Float64Array,
  out: Float64Array,
  n: number,
): void {
  const biases = start + fanIn * width
  let o = 0
  for (; o + 4 <= width; o += 4) {
    const w0 = start + o * fanIn
    const w1 = w0 + fanIn
    const w2 = w1 + fanIn
    const w3 = w2 + fanIn
    const b = biases + o
    for (let i = 0, row = 0, at = o; i < n; i++, row += fanIn, at += width) {
      let s0 = parameters[b]!
      let s1 = parameters[b + 1]!
      let s2 = parameters[b + 2]!
      let s3 = parameters[b + 3]!
      for (let c = 0; c < fanIn; c++) {
        const x = below[row + c]!
        s0 += parameters[w0 + c]! * x
        s1 += parameters[w1 + c]! * x
        s2 += parameters[w2 + c]! * x
        s3 += parameters[w3 + c]! * x
      }
      out[at] = s0
      out[at + 1] = s1
      out[at + 2] = s2
      out[at + 3] = s3
    }
  }
  for (; o < width; o++) {
    const weights = start + o * fanIn
    const bias = parameters[biases + o]!
    for (let i = 0, row = 0; i < n; i++, row += fanIn) {
      let sum = bias
      for (let c = 0; c < fanIn; c++) sum += parameters[weights + c]! * below[row + c]!
      out[i * width + o] = sum
    }
  }
}

/** The batch's gradient of a layer's weights, Σᵢ δᵢ belowᵢᵀ, and biases, Σᵢ δᵢ. */
export function gatherGradient(
  gradient: Float64Array,
  { fanIn, width, start }: DenseLayer,
  delta: Float64Array,
  below: Float64Array,
  n: number,
): void {
  const biases = start + fanIn * width
  for (let o = 0; o < width; o++) {
    const weights = start + o * fanIn
    let total = 0
    for (let i = 0, at = o; i < n; i++, at += width) total += delta[at]!
    gradient[biases + o] = total
    let c = 0
    for (; c + 4 <= fanIn; c += 4) {
      let s0 = 0
      let s1 = 0
      let s2 = 0
      let s3 = 0
      for (let i = 0, at = o, row = c; i < n; i++, at += width, row += fanIn) {
        const d = delta[at]!
        s0 += d * below[row]!
        s1 += d * below[row + 1]!
        s2 += d * below[row + 2]!
        s3 += d * below[row + 3]!
      }
      gradient[weights + c] = s0
      gradient[weights + c + 1] = s1
      gradient[weights + c + 2] = s2
      gradient[weights + c + 3] = s3
    }
    for (; c < fanIn; c++) {
      let sum = 0
      for (let i = 0, at = o, row = c; i < n; i++, at += width, row += fanIn) sum += delta[at]! * below[row]!
      gradient[weights + c] = sum
    }
  }
}

/** deltaBelow = delta W, shape [n, fanIn]. */
export function backThrough(
  parameters: Float64Array,
  { fanIn, width, start }: DenseLayer,
  delta: Float64Array,
  deltaBelow: Float64Array,
  n: number,
): void {
  let c = 0
  for (; c + 4 <= fanIn; c += 4)
    for (let i = 0, row = 0, at = c; i < n; i++, row += width, at += fanIn) {
      let s0 = 0
      let s1 = 0
      let s2 = 0
      let s3 = 0
      for (let o = 0, w = start + c; o < width; o++, w += fanIn) {
        const d = delta[row + o]!
        s0 += d * parameters[w]!
        s1 += d * parameters[w + 1]!
        s2 += d * parameters[w + 2]!
        s3 += d * parameters[w + 3]!
      }
      deltaBelow[at] = s0
      deltaBelow[at + 1] = s1
      deltaBelow[at + 2] = s2
      deltaBelow[at + 3] = s3
    }
  for (; c < fanIn; c++)
    for (let i = 0, row = 0; i < n; i++, row += width) {
      let sum = 0
      for (let o = 0, w = start + c; o < width; o++, w += fanIn) sum += delta[row + o]! * parameters[w]!
      deltaBelow[i * fanIn + c] = sum
    }
}

/** Softmax of each row of [n, width], in place. */
export function softmaxRows(values: Float64Array, n: number, width: number): void {
  for (let i = 0; i < n; i++) {
    const start = i * width
    let largest = -Infinity
    for (let c = start; c < start + width; c++) if (values[c]! > largest) largest = values[c]!
    let total = 0
    for (let c = start; c < start + width; c++) total += values[c] = Math.exp(values[c]! - largest)
    for (let c = start; c < start + width; c++) values[c]! /= total
  }
}
