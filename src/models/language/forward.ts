import type { Normalizer } from '../../math/normalizers/contract.ts'
import type { ParamValues } from '../../math/normalizers/params.ts'
import { paceFor, type Pace } from '../../engine/breathe.ts'
import { DomainError } from '../../math/errors.ts'
import { attend } from './attend.ts'
import { activate, applied, normalised, type Project } from './layers.ts'
import type { LanguageModel, LayerWeights, ModelShape } from './model.ts'
import { predictions, type Predictions } from './predictions.ts'
import { rotate } from './rotary.ts'

/** What turns one head's scores into weights. */
export interface HeadNormalizer {
  readonly entry: Normalizer
  readonly params: ParamValues
}

export interface ForwardOptions {
  readonly normalizerAt: (layer: number, head: number) => HeadNormalizer
  readonly signal?: AbortSignal
  /** @param fraction  0 to 1 */
  readonly progress?: (fraction: number, doing: string) => void
  /** Keep the logits of every token; default false: of the last alone. */
  readonly allLogits?: boolean
}

/** How the loops do a model's matrix products, and when they let others in. */
interface Loops {
  readonly shape: ModelShape
  readonly project: Project
  readonly breath: Pace
}

/** Everything one text leaves behind in a model. T tokens, L layers, H heads. */
export interface Trace extends Predictions {
  /** T. */
  readonly tokens: number
  /** Shape [L, H, T, T]: query by key; float64 up to 4 million entries, else float32. */
  readonly attention: Float64Array | Float32Array
  /** Shape [L + 1, T, width]: the embeddings, then the residual stream after each block. */
  readonly hidden: Float64Array
  /** ‖v‖ of each token, shape [L, key-value heads, T]. */
  readonly valueNorms: Float64Array
}

/** More entries than this are kept as float32. */
const mostFloat64 = 2 ** 22

/**
 * Runs a decoder over tokens, causally; weights as their file has them, all else in float64.
 * @param project  does the matrix products; in float64 if absent
 * @throws DomainError for an id outside the vocabulary or more tokens than the model takes; what the signal carries
 */
export async function forward(
  model: LanguageModel,
  ids: readonly number[],
  options: ForwardOptions,
  project: Project = applied,
): Promise<Trace> {
  const { shape } = model
  checkIds(shape, ids)
  const { layers, heads, kvHeads, width } = shape
  const { signal, progress, normalizerAt } = options
  const T = ids.length
  const breath = paceFor(signal)
  const loops = { shape, project, breath }
  const entries = layers * heads * T * T
  const attention = entries <= mostFloat64 ? new Float64Array(entries) : new Float32Array(entries)
  const hidden = new Float64Array((layers + 1) * T * width)
  const valueNorms = new Float64Array(layers * kvHeads * T)
  const h = await model.embed(ids)
  hidden.set(h)
  for (let l = 0; l < layers; l++) {
    progress?.(l / (layers + 1), `layer ${l + 1} of ${layers}`)
    signal?.throwIfAborted()
    const weights = await model.layer(l)
    await attentionBlock(h, weights, loops, {
      maps: attention.subarray(l * heads * T * T, (l + 1) * heads * T * T),
      valueNorms: valueNorms.subarray(l * kvHeads * T, (l + 1) * kvHeads * T),
      normalizerAt: (head) => normalizerAt(l, head),
    })
    await mlpBlock(h, weights, loops)
    hidden.set(h, (l + 1) * T * width)
  }
  progress?.(layers / (layers + 1), 'the next tokens')
  const last = normalised(h, await model.finalNorm(), shape)
  const predicted = await predictions(model, last, ids, { project, breath, all: options.allLogits ?? false })
  return { tokens: T, attention, hidden, valueNorms, ...predicted }
}

/** @throws DomainError for no ids, for one outside the vocabulary, and for more than the model takes */
export function checkIds({ vocabulary, context }: ModelShape, ids: readonly number[]): void {
  if (ids.length === 0) throw new DomainError('The text has no tokens; write at least one word.')
  if (ids.length > context)
    throw new DomainError(`The text has ${ids.length} tokens; this model takes at most ${context}.`)
  const wrong = ids.findIndex((id) => !Number.isInteger(id) || id < 0 || id >= vocabulary)
  if (wrong >= 0)
    throw new DomainError(
      `Token ${ids[wrong]} is not in the model's vocabulary of ${vocabulary}; ids go from 0 to ${vocabulary - 1}. Is this the model's own tokenizer?`,
    )
}

interface AttentionOut {
  readonly maps: Float64Array | Float32Array
  readonly valueNorms: Float64Array
  readonly normalizerAt: (head: number) => HeadNormalizer
}

/** h += W_o attend(norm(h)), in place. */
async function attentionBlock(
  h: Float64Array,
  weights: LayerWeights,
  { shape, project, breath }: Loops,
  out: AttentionOut,
): Promise<void> {
  const { heads, kvHeads, width, rotary } = shape
  const T = h.length / width
  const x = normalised(h, weights.norm, shape)
  const q = await project(x, weights.query, breath)
  const k = await project(x, weights.key, breath)
  const v = await project(x, weights.value, breath)
  if (rotary) {
    rotate(q, T, heads, rotary)
    rotate(k, T, kvHeads, rotary)
  }
  const mixed = await attend({ q, k, v, shape, breath, ...out })
  add(h, await project(mixed, weights.output, breath))
}

/** h += mlp(norm(h)), in place. */
async function mlpBlock(h: Float64Array, { mlp }: LayerWeights, { shape, project, breath }: Loops): Promise<void> {
  if (mlp === null) return
  const x = normalised(h, mlp.norm, shape)
  const up = await project(x, mlp.up, breath)
  activate(up, mlp.gate && (await project(x, mlp.gate, breath)), shape.activation)
  add(h, await project(up, mlp.down, breath))
}

function add(into: Float64Array, from: Float64Array): void {
  for (let i = 0; i < into.length; i++) into[i]! += from[i]!
}
