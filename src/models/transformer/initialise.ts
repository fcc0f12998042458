import { gaussian } from '../../math/random/gaussian.ts'
import type { Rng } from '../../math/random/rng.ts'
import { layoutOf, learnedParam, type Tensor, type TransformerConfig } from './config.ts'

/** How parameters start. It decides whether an attention sink forms, though the loss ends alike. */
export interface Initialisation {
  /** Saved in experiments: never renamed. */
  readonly id: string
  readonly label: string
  readonly draw: (tensor: Tensor, rng: Rng) => number
}

const normal = (deviation: number, rng: Rng) => deviation * gaussian(rng)

/** Every initialisation, in the order menus show them. */
export const initialisations: readonly Initialisation[] = [
  {
    id: 'small',
    label: 'N(0, 0.02²)',
    draw: ({ role }, rng) => normal(role === 'narrowing' ? 0.01 : 0.02, rng),
  },
  {
    id: 'mid',
    label: 'embeddings 0.1, matrices 1/√fan-in',
    draw: ({ role, shape }, rng) => normal(role === 'embedding' ? 0.1 : 1 / Math.sqrt(shape[0]!), rng),
  },
  {
    id: 'torch',
    label: 'embeddings N(0, 1), matrices uniform within 1/√fan-in',
    draw: ({ role, shape }, rng) => (role === 'embedding' ? gaussian(rng) : (2 * rng() - 1) / Math.sqrt(shape[0]!)),
  },
]

/** The initialisation with this id, or undefined. */
export const initialisationById = (id: string): Initialisation | undefined =>
  initialisations.find((entry) => entry.id === id)

/**
 * The first parameters, flat as {@link layoutOf} lays them: gains 1, biases 0, what a head learns where its normalizer
 * starts, all else drawn. The same numbers are drawn for every normalizer, so that models of one seed start alike.
 */
export function firstParameters(config: TransformerConfig, { draw }: Initialisation, rng: Rng): Float64Array {
  const learned = learnedParam(config)
  const constants = { gain: 1, bias: 0, learned: learned === null ? 0 : Number(config.params[learned]) }
  const tensors = layoutOf(config)
  const last = tensors.at(-1)!
  const parameters = new Float64Array(last.start + last.size)
  for (const tensor of tensors) {
    const { role, start, size } = tensor
    for (let i = start; i < start + size; i++)
      parameters[i] = role === 'gain' || role === 'bias' || role === 'learned' ? constants[role] : draw(tensor, rng)
  }
  return parameters
}
