/** One entry of a hidden state that stands out. */
export interface TopActivation {
  /** With its sign. */
  readonly value: number
  readonly token: number
  readonly dimension: number
}

/** The residual stream at one depth. */
export interface HiddenStats {
  /** Over all entries; 3 for a Gaussian. */
  readonly kurtosis: number
  /** Of |x|. */
  readonly max: number
  readonly median: number
  readonly maxOverMedian: number
  /** Largest |x| first. */
  readonly top: readonly TopActivation[]
  /** ‖h‖ of each token. */
  readonly norms: Float64Array
}

/** How many of the largest activations are listed. */
const listed = 3

/** @param h  shape [T, width] */
export function hiddenStats(h: Float64Array, width: number): HiddenStats {
  const sizes = h.map(Math.abs).sort()
  const median = middle(sizes)
  const max = sizes.at(-1) ?? NaN
  return {
    kurtosis: kurtosis(h),
    max,
    median,
    maxOverMedian: max / median,
    top: topOf(h, width),
    norms: rowNorms(h, width),
  }
}

/** E[(x − μ)⁴] / E[(x − μ)²]² over all entries: 3 for a Gaussian (Pearson's, not the excess). */
export function kurtosis(x: Float64Array | Float32Array): number {
  let [sum, second, fourth] = [0, 0, 0]
  for (const value of x) sum += value
  const mean = sum / x.length
  for (const value of x) {
    const square = (value - mean) ** 2
    second += square
    fourth += square * square
  }
  return (fourth * x.length) / second ** 2
}

/** Of a sorted row; the mean of the two in the middle where there are two. */
function middle(sorted: Float64Array): number {
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2
}

function topOf(h: Float64Array, width: number): TopActivation[] {
  const top: number[] = []
  for (let i = 0; i < h.length; i++) {
    if (top.length === listed && Math.abs(h[i]!) <= Math.abs(h[top.at(-1)!]!)) continue
    const place = top.findIndex((at) => Math.abs(h[i]!) > Math.abs(h[at]!))
    top.splice(place < 0 ? top.length : place, 0, i)
    if (top.length > listed) top.pop()
  }
  return top.map((i) => ({ value: h[i]!, token: Math.floor(i / width), dimension: i % width }))
}

function rowNorms(h: Float64Array, width: number): Float64Array {
  return new Float64Array(h.length / width).map((_, t) =>
    Math.sqrt(h.subarray(t * width, (t + 1) * width).reduce((sum, x) => sum + x * x, 0)),
  )
}
