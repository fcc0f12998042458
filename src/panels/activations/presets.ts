import type { Preset } from '../contract.ts'
import type { ActivationsExperiment } from './experiment.ts'

const words = ['mat', 'sofa', 'floor', 'roof', 'moon', 'idea']
const plain = { names: [], masked: [], generate: null, data: null, scale: 1, shift: 0 }

/** Zipf's law: the logit falls by the logarithm of the rank. One decimal, as a hand would write it. */
const tail = Array.from({ length: 24 }, (_, rank) => Math.round(30 - 18 * Math.log(rank + 1)) / 10)

/** Scores of the query "it" against the tokens before it; invented, with the sink that such rows have. */
const attention: readonly (readonly [string, number])[] = [
  ['⟨s⟩', 4.2],
  ['The', 0.3],
  ['cat', 3.1],
  ['sat', 0.8],
  ['on', -0.9],
  ['the', -0.6],
  ['mat', 2.2],
  ['because', -0.2],
  ['it', 1.1],
  ['was', 0.1],
  ['soft', 1.4],
  ['.', -1.2],
]

export const presets: readonly Preset<ActivationsExperiment>[] = [
  {
    label: 'the cat sat on the …',
    experiment: { ...plain, logits: [2.1, 1.6, 0.9, 0.2, -0.4, -1.3], names: [...words] },
  },
  { label: 'two tie', experiment: { ...plain, logits: [2, 2, 0.9, 0.2, -0.4, -1.3], names: [...words] } },
  { label: 'one towers', experiment: { ...plain, logits: [6, 1.6, 0.9, 0.2, -0.4, -1.3], names: [...words] } },
  { label: 'long tail', experiment: { ...plain, logits: tail } },
  {
    label: 'an attention row',
    experiment: { ...plain, logits: attention.map(([, logit]) => logit), names: attention.map(([name]) => name) },
  },
  {
    label: '4096 Gaussian logits',
    experiment: { ...plain, generate: { kind: 'gaussian', n: 4096, seed: 1, sd: 1 } },
  },
]
