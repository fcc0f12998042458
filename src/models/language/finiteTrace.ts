import { ReadError } from '../readers/numberTable.ts'
import type { Trace } from './forward.ts'
import type { ModelShape } from './model.ts'

type Numbers = Pick<Trace, 'tokens' | 'hidden' | 'lastLogits' | 'nll'>

/**
 * A trace that is all numbers: one weight that is none makes NaN of all that comes after it.
 * @throws ReadError naming the first layer that makes something else
 */
export function checkFinite(
  { tokens, hidden, lastLogits, nll }: Numbers,
  { layers, width }: Pick<ModelShape, 'layers' | 'width'>,
): void {
  const wrong = hidden.findIndex((value) => !Number.isFinite(value))
  if (wrong >= 0) {
    const depth = Math.floor(wrong / (tokens * width))
    const where = depth === 0 ? 'the embeddings give' : `layer ${depth} of ${layers} gives`
    const token = (Math.floor(wrong / width) % tokens) + 1
    throw unusable(`${where} ${hidden[wrong]} at token ${token}, dimension ${(wrong % width) + 1}`)
  }
  const logit = [...lastLogits, ...nll].find((value) => !Number.isFinite(value))
  if (logit !== undefined) throw unusable(`the output gives ${logit} after ${layers} layers of numbers`)
}

const unusable = (what: string) =>
  new ReadError(`${what}: a weight there is no finite number, or its sums leave the range. Is the file whole?`)
