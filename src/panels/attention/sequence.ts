import { mostMapEntries } from '../../models/language/readMaps.ts'
import { DomainError } from '../../math/errors.ts'
import { textRead, type AttentionExperiment } from './experiment.ts'
import type { OpenedModel } from './open.ts'
import { tokenLabel } from './tokenLabel.ts'

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
  experiment: Pick<AttentionExperiment, 'ids' | 'text' | 'tokenizer' | 'first'>,
  { model, tokenizer }: OpenedModel,
): Sequence {
  const { ids, first } = experiment
  const text = textRead(experiment)
  const { ids: whole, notices: ofFirst } = withFirst(ids ?? tokenizer.encode(text), first, tokenizer)
  if (whole.length === 0) throw new DomainError('The text has no tokens; write at least one word.')
  const { context, layers, heads } = model.shape
  const held = Math.floor(Math.sqrt(mostMapEntries / (layers * heads)))
  const most = Math.min(context, held)
  const cut = whole.slice(0, most)
  const why = context <= held ? `this model takes ${context}` : `maps of ${layers * heads} heads are kept up to ${held}`
  const notices = [...ofFirst]
  if (whole.length > most) notices.push(`The text has ${whole.length} tokens; ${why}, so the first ${most} are read.`)
  if (ids === null && text.trim() === '')
    notices.push('The text is empty: all that is read is what the tokenizer puts before every text.')
  return { ids: cut, names: cut.map(tokenizer.textOf), notices }
}

function withFirst(
  ids: readonly number[],
  first: AttentionExperiment['first'],
  tokenizer: OpenedModel['tokenizer'],
): Pick<Sequence, 'ids' | 'notices'> {
  if (first === 'kept') return { ids, notices: [] }
  if (first === 'removed') return { ids: ids.slice(1), notices: [] }
  const { replace } = first
  if (typeof replace === 'number') return { ids: [replace, ...ids.slice(1)], notices: [] }
  const [id, ...others] = tokensOf(replace, tokenizer)
  if (id === undefined) throw new DomainError(`"${replace}" is no token to put first.`)
  const notice = `“${replace}” is ${others.length + 1} tokens of this model; the first of them, “${tokenLabel(tokenizer.textOf(id))}”, is put in.`
  return { ids: [id, ...ids.slice(1)], notices: others.length === 0 ? [] : [notice] }
}

/** A word in tokens, without what a tokenizer puts before every text: one token, if a leading space more or less makes it one. */
function tokensOf(word: string, { encode }: OpenedModel['tokenizer']): readonly number[] {
  const before = encode('')
  const plain = (text: string) => {
    const ids = encode(text)
    return before.every((each, i) => ids[i] === each) ? ids.slice(before.length) : ids
  }
  const ways = [word, word.trimStart(), ` ${word.trimStart()}`].map(plain)
  return ways.find((ids) => ids.length === 1) ?? ways[0]!
}
