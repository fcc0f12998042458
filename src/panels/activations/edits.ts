import { normalizerById, normalizers } from '../../math/normalizers/index.ts'
import { resolveParams, type ParamValue } from '../../math/normalizers/params.ts'
import { rng } from '../../math/random/rng.ts'
import { shuffled } from '../../math/random/shuffled.ts'
import { freeId, type ActivationsExperiment } from './experiment.ts'

type Patch = Partial<ActivationsExperiment>

/** Rounds away the binary dust of scale and shift. */
const clean = (value: number) => Number(value.toPrecision(12))

/** The logits that an experiment writes out, after scale and shift; null where they come from elsewhere. */
export function writtenRow(
  experiment: Pick<ActivationsExperiment, 'logits' | 'generate' | 'data' | 'scale' | 'shift'>,
): Float64Array | null {
  const { logits, generate, data, scale, shift } = experiment
  if (generate !== null || data !== null) return null
  if (scale === 1 && shift === 0) return Float64Array.from(logits)
  return Float64Array.from(logits, (logit) => clean(scale * logit + shift))
}

/** Sets one logit to what a bar shows, scale and shift included. A generated or dropped row is written out first. */
export function withLogit(experiment: ActivationsExperiment, row: Float64Array, index: number, value: number): Patch {
  const { logits, generate, data, scale, shift } = experiment
  if (generate === null && data === null) return { logits: logits.with(index, clean((value - shift) / scale)) }
  return { ...writtenOut, logits: Array.from(row, clean).with(index, value) }
}

const writtenOut = { generate: null, data: null, scale: 1, shift: 0 }

/** Adds an entry at the end, as high as the middle of the others; among names, its number must not read like a value. */
export function withEntry({ logits, names, shift, scale }: ActivationsExperiment): Patch {
  const middle = [...logits].sort((a, b) => a - b)[logits.length >> 1]
  const added = { logits: [...logits, middle ?? clean((0 - shift) / scale)] }
  if (!names.some((name) => name !== '')) return added
  return { ...added, names: [...Array.from(logits, (_, i) => names[i] ?? ''), `entry ${logits.length + 1}`] }
}

export function withoutEntry({ logits, names, masked }: ActivationsExperiment, index: number): Patch {
  return {
    logits: logits.toSpliced(index, 1),
    names: names.toSpliced(index, 1),
    masked: masked.filter((each) => each !== index).map((each) => (each > index ? each - 1 : each)),
  }
}

export function withMask({ masked }: ActivationsExperiment, index: number): Patch {
  return { masked: masked.includes(index) ? masked.filter((each) => each !== index) : [...masked, index] }
}

export function withName({ names }: ActivationsExperiment, index: number, name: string): Patch {
  const filled = Array.from({ length: Math.max(names.length, index + 1) }, (_, i) =>
    i === index ? name : (names[i] ?? ''),
  )
  while (filled.at(-1) === '') filled.pop()
  return { names: filled }
}

/** Largest first; names and masks go with their logits. Equal logits keep their order. */
export const sortedEntries = (experiment: ActivationsExperiment): Patch =>
  reordered(
    experiment,
    experiment.logits.map((_, i) => i).sort((a, b) => experiment.logits[b]! - experiment.logits[a]!),
  )

/** @param seed  the same seed shuffles the same way */
export const shuffledEntries = (experiment: ActivationsExperiment, seed: number): Patch =>
  reordered(
    experiment,
    shuffled(
      experiment.logits.map((_, i) => i),
      rng(seed),
    ),
  )

function reordered({ logits, names, masked }: ActivationsExperiment, order: readonly number[]): Patch {
  return {
    logits: order.map((from) => logits[from]!),
    names: names.length === 0 ? [] : order.map((from) => names[from] ?? ''),
    masked: order.flatMap((from, to) => (masked.includes(from) ? [to] : [])),
  }
}

type Variants = Pick<ActivationsExperiment, 'variants'>

export function withVariant({ variants }: Variants, normalizer: string): Variants {
  const entry = normalizerById(normalizer)
  if (entry === undefined) return { variants }
  const params = resolveParams(entry.id, entry.params, {})
  return { variants: [...variants, { id: freeId(entry.id, variants), normalizer: entry.id, params }] }
}

/** Adds every variant of the registry that is not here yet. */
export const withAllVariants = (experiment: Variants): Variants =>
  normalizers
    .filter(({ id }) => !experiment.variants.some(({ normalizer }) => normalizer === id))
    .reduce<Variants>((all, { id }) => withVariant(all, id), experiment)

export function withoutVariant({ variants, reference }: ActivationsExperiment, id: string): Patch {
  return { variants: variants.filter((each) => each.id !== id), reference: reference === id ? null : reference }
}

export function withParam({ variants }: ActivationsExperiment, id: string, name: string, value: ParamValue): Patch {
  return {
    variants: variants.map((each) => (each.id === id ? { ...each, params: { ...each.params, [name]: value } } : each)),
  }
}

/** A row that a person brought: written out where it fits, so that it can be dragged and is in the link. */
export function withRow(values: ArrayLike<number>, names: readonly string[]): Patch {
  const row = Array.from(values)
  return {
    ...writtenOut,
    logits: row.map((value) => (value === -Infinity ? 0 : value)),
    names: [...names],
    masked: row.flatMap((value, i) => (value === -Infinity ? [i] : [])),
  }
}
