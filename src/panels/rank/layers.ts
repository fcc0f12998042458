interface LayerTraits {
  /** Short enough to stand at the end of a line. */
  readonly short: string
  /** Made of `components` parts. */
  readonly isMixture: boolean
  /** Its outputs are the softmax of logits, so that there are logits to look at, and a bound on their rank. */
  readonly hasLogits: boolean
}

const traits = {
  softmax: { short: 'softmax', isMixture: false, hasLogits: true },
  'mixture-of-contexts': { short: 'contexts', isMixture: true, hasLogits: true },
  'mixture-of-softmaxes': { short: 'softmaxes', isMixture: true, hasLogits: false },
  sigsoftmax: { short: 'sigsoftmax', isMixture: false, hasLogits: false },
} as const satisfies Record<string, LayerTraits>

/** What becomes of hidden states. */
export type LayerId = keyof typeof traits
export const layerTraits: Readonly<Record<LayerId, LayerTraits>> = traits
export const layers = [
  'softmax',
  'mixture-of-contexts',
  'mixture-of-softmaxes',
  'sigsoftmax',
] as const satisfies LayerId[]
