import { layoutOf, roundUp, type TransformerConfig } from './config.ts'
import type { AttentionShape, Values } from './loops.ts'

/** Entries of everything a model holds, for batches of up to `sequences`. */
export interface Sizes {
  readonly shared: Readonly<Record<SharedName, number>>
  /** Of each layer. */
  readonly layer: Readonly<Record<LayerName, number>>
  readonly layers: number
  readonly total: number
  /** The largest matrix that is turned on the way back. */
  readonly scratch: number
}

type SharedName =
  | ('parameters' | 'gradient' | 'first' | 'second' | 'turns' | 'tokens' | 'targets' | 'losses')
  | ('last' | 'normed' | 'stats' | 'logits')
  | ('dh' | 'dx' | 'dq' | 'dk' | 'dv' | 'dAttended' | 'dHidden' | 'dWeights')

type LayerName =
  | ('h' | 'normed1' | 'stats1' | 'q' | 'k' | 'v' | 'scores' | 'weights' | 'attended')
  | ('mid' | 'normed2' | 'stats2' | 'hidden')

export type SharedBuffers = Readonly<Record<SharedName, Values>>
export type LayerBuffers = Readonly<Record<LayerName, Values>>

export const attentionShape = ({ length, width, heads }: TransformerConfig): AttentionShape => ({
  T: length,
  heads,
  headWidth: width / heads,
  step: roundUp(length, 8),
})

export function sizesOf(config: TransformerConfig, sequences: number): Sizes {
  const { vocabulary, length, width, heads, layers, hidden } = config
  const { step, headWidth } = attentionShape(config)
  const rows = sequences * length
  const last = layoutOf(config).at(-1)!
  const parameters = roundUp(last.start + last.size, 4)
  const [wide, square] = [rows * width, sequences * heads * length * step]
  const mlp = Number(hidden > 0)
  const shared: Sizes['shared'] = {
    parameters,
    gradient: parameters,
    first: parameters,
    second: parameters,
    turns: length * headWidth,
    tokens: rows,
    targets: rows,
    losses: rows,
    last: wide,
    normed: wide,
    stats: 2 * rows,
    logits: rows * vocabulary,
    dh: wide,
    dx: wide,
    dq: wide,
    dk: wide,
    dv: wide,
    dAttended: wide,
    dHidden: rows * hidden,
    dWeights: square,
  }
  const layer: Sizes['layer'] = {
    h: wide,
    normed1: wide,
    stats1: 2 * rows,
    q: wide,
    k: wide,
    v: wide,
    scores: square,
    weights: square,
    attended: wide,
    mid: mlp * wide,
    normed2: mlp * wide,
    stats2: mlp * 2 * rows,
    hidden: rows * hidden,
  }
  return {
    shared,
    layer,
    layers,
    total: room(shared) + layers * room(layer),
    scratch: roundUp(Math.max(width * width, width * hidden, width * vocabulary, headWidth * step), 8),
  }
}

/** Cuts `values` into the buffers that `sizes` names. */
export function buffersOf(values: Values, { shared, layer, layers }: Sizes) {
  let start = 0
  const cut = (size: number) => {
    const part = values.subarray(start, start + size)
    start += roundUp(size, 8)
    return part
  }
  return {
    shared: mapped(shared, cut),
    layers: Array.from({ length: layers }, () => mapped(layer, cut)),
  }
}

const room = (sizes: Readonly<Record<string, number>>) =>
  Object.values(sizes).reduce((total, size) => total + roundUp(size, 8), 0)

function mapped<K extends string>(
  sizes: Readonly<Record<K, number>>,
  cut: (size: number) => Values,
): Record<K, Values> {
  const names = Object.keys(sizes) as K[]
  return Object.fromEntries(names.map((name) => [name, cut(sizes[name])])) as Record<K, Values>
}
