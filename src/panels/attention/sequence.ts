import { mostMapEntries } from '../../models/language/readMaps.ts'
import { DomainError } from '../../math/errors.ts'
import type { AttentionExperiment } from './experiment.ts'
import type { OpenedModel } from './open.ts'

export interface Sequence {
  readonly ids: readonly number[]
  readonly names: readonly string[]
  readonly notices: readonly string[]
}

/**
 * The tokens that the model reads: the experiment's ids or its text, the first one dealt with, cut to what fits.
 * @throws if nothing is left, or the text cannot be written in the model's tokens
 */
export function sequenceOf(
  { ids, text, first }: Pick<AttentionExperiment, 'ids' | 'text' | 'first'>,
  { model, tokenizer }: OpenedModel,
): Sequence {
  const whole = withFirst(ids ?? tokenizer.encode(text), first, tokenizer)
  if (whole.length === 0) throw new DomainError('The text has no tokens; write at least one word.')
  const { context, layers, heads } = model.shape
  const held = Math.floor(Math.sqrt(mostMapEntries / (layers * heads)))
  const most = Math.min(context, held)
  const cut = whole.slice(0, most)
  const why = context <= held ? `this model takes ${context}` : `maps of ${layers * heads} heads are kept up to ${held}`
  const notices =
    whole.length > most ? [`The text has ${whole.length} tokens; ${why}, so the first ${most} are read.`] : []
  if (ids === null && text.trim() === '')
    notices.push('The text is empty: all that is read is what the tokenizer puts before every text.')
  return { ids: cut, names: cut.map(tokenizer.textOf), notices }
}

function withFirst(
  ids: readonly number[],
  first: AttentionExperiment['first'],
  { encode }: OpenedModel['tokenizer'],
): readonly number[] {
  if (first === 'kept') return ids
  if (first === 'removed') return ids.slice(1)
  const { replace } = first
  if (typeof replace === 'number') return [replace, ...ids.slice(1)]
  // What a tokenizer puts before every text is not what was asked for.
  const plain = encode(replace)
  const before = encode('')
  const [id] = before.every((each, i) => plain[i] === each) ? plain.slice(before.length) : plain
  if (id === undefined) throw new DomainError(`"${replace}" is no token to put first.`)
  return [id, ...ids.slice(1)]
}
