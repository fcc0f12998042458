import type { Samples } from '../../math/estimators/sample.ts'
import type { Disturb, Mlp } from '../../models/mlp/Mlp.ts'
import { samplesAtOnce, type Dataset } from '../../models/mlp/train.ts'

/** What a network makes of all samples. */
export interface Evaluation {
  /** What each layer hands on of the kept rows, its noise included; the first hidden layer first, the output last. */
  readonly layers: readonly Samples[]
  /** Of each hidden layer over all samples, before noise: the share of activations beyond 0.95 in size, and the largest size. */
  readonly spreads: readonly { readonly saturation: number; readonly largest: number }[]
  /** 1 where the largest output is of the right class, shape [n]. */
  readonly right: Uint8Array
}

/**
 * Sends all samples forward in parts, and keeps the activations of some rows, ascending. Yields after each part.
 * @param disturb  the network's noise, if it has any
 */
export function* evaluate(
  network: Mlp,
  data: Dataset,
  rows: readonly number[],
  disturb?: Disturb,
): Generator<null, Evaluation> {
  const { features, labels } = data
  const n = labels.length
  const widths = network.widths.slice(1)
  const layers = widths.map((cols) => ({
    rows: rows.length,
    cols,
    values: new Float64Array(rows.length * cols),
  }))
  const spreads = widths.slice(0, -1).map(() => ({ beyond: 0, largest: 0 }))
  const right = new Uint8Array(n)
  const part = Math.min(network.capacity, samplesAtOnce(network))
  let kept = 0
  for (let from = 0; from < n; from += part) {
    const count = Math.min(part, n - from)
    network.forward(data.inputs.subarray(from * features, (from + count) * features), count, disturb)
    spreads.forEach((spread, l) => widen(spread, network.activations[l]!.subarray(0, count * widths[l]!)))
    mark(right, network.outputs.at(-1)!, labels, widths.at(-1)!, from, count)
    const first = kept
    while (kept < rows.length && rows[kept]! < from + count) kept += 1
    layers.forEach(({ cols, values }, l) => {
      const given = network.outputs[l]!
      for (let k = first; k < kept; k++) {
        const at = (rows[k]! - from) * cols
        values.set(given.subarray(at, at + cols), k * cols)
      }
    })
    yield null
  }
  return {
    layers,
    spreads: spreads.map(({ beyond, largest }, l) => ({ saturation: beyond / (n * widths[l]!), largest })),
    right,
  }
}

function widen(spread: { beyond: number; largest: number }, values: Float64Array): void {
  for (const value of values) {
    const size = Math.abs(value)
    if (size > 0.95) spread.beyond += 1
    if (size > spread.largest) spread.largest = size
  }
}

function mark(
  right: Uint8Array,
  probabilities: Float64Array,
  labels: Int32Array,
  classes: number,
  from: number,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    let best = 0
    for (let c = 1; c < classes; c++) if (probabilities[i * classes + c]! > probabilities[i * classes + best]!) best = c
    right[from + i] = Number(best === labels[from + i])
  }
}
