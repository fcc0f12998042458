import { DomainError, ShapeError } from '../../math/errors.ts'
import type { Normalizer } from '../../math/normalizers/contract.ts'
import type { ParamValues } from '../../math/normalizers/params.ts'

/** A decoder: pre-layer-norm blocks of causal attention and, perhaps, a ReLU MLP; no biases but the layer norms'. */
export interface TransformerConfig {
  readonly vocabulary: number
  /** Tokens of a sequence. */
  readonly length: number
  readonly width: number
  readonly heads: number
  readonly layers: number
  /** Width of the MLP's hidden layer; 0 leaves the MLP out. */
  readonly hidden: number
  readonly positions: 'learned' | 'rotary'
  /** What turns the scores of a causal row into weights. */
  readonly normalizer: Normalizer
  readonly params: ParamValues
}

/** One tensor's place in the flat parameters. */
export interface Tensor {
  /** `blocks.0.query`. */
  readonly name: string
  /** Row-major; a matrix is [inputs, outputs], as in y = x W. */
  readonly shape: readonly number[]
  readonly start: number
  readonly size: number
  readonly role: 'embedding' | 'matrix' | 'narrowing' | 'gain' | 'bias' | 'learned'
}

/** The normalizer's parameter that each head learns, or null. */
export function learnedParam({ normalizer }: Pick<TransformerConfig, 'normalizer'>): string | null {
  return Object.entries(normalizer.params).find(([, spec]) => spec.learned)?.[0] ?? null
}

/** @throws ShapeError or DomainError with what does not fit */
export function checkConfig(config: TransformerConfig): void {
  const { vocabulary, length, width, heads, layers, hidden, positions } = config
  for (const [name, value] of Object.entries({ vocabulary, length, width, heads, layers, hidden })) {
    const least = name === 'hidden' ? 0 : 1
    if (!Number.isInteger(value) || value < least)
      throw new DomainError(`transformer: ${name} is ${value}; it must be a whole number from ${least} on`)
  }
  // Four float32 lanes are read at once.
  for (const [name, value] of Object.entries({ vocabulary, width, hidden }))
    if (value % 4 !== 0) throw new ShapeError(`transformer: ${name} is ${value}; it must be a multiple of 4`)
  if (width % heads !== 0) throw new ShapeError(`transformer: ${heads} heads do not divide a width of ${width}`)
  if (positions === 'rotary' && (width / heads) % 2 !== 0)
    throw new ShapeError(`transformer: a head of width ${width / heads} cannot be rotated; it must be even`)
  const learned = learnedParam(config)
  if (learned !== null && typeof config.params[learned] !== 'number')
    throw new DomainError(`transformer: ${learned} is ${config.params[learned]}; what is learned must be a number`)
}

/** Every parameter in one flat buffer, in this order. */
export function layoutOf(config: TransformerConfig): readonly Tensor[] {
  const { vocabulary, length, width, heads, layers, hidden, positions } = config
  const tensors: Tensor[] = []
  const add = (name: string, role: Tensor['role'], ...shape: number[]) => {
    const last = tensors.at(-1)
    const size = shape.reduce((product, side) => product * side, 1)
    // Each starts at a multiple of 4 entries, where four lanes can be loaded at once.
    tensors.push({ name, role, shape, size, start: last ? roundUp(last.start + last.size, 4) : 0 })
  }
  add('embedding', 'embedding', vocabulary, width)
  if (positions === 'learned') add('positions', 'embedding', length, width)
  add('norm.gain', 'gain', width)
  add('norm.bias', 'bias', width)
  add('output', 'matrix', width, vocabulary)
  for (let l = 0; l < layers; l++) {
    const block = `blocks.${l}`
    for (const name of ['query', 'key', 'value', 'attended']) add(`${block}.${name}`, 'matrix', width, width)
    add(`${block}.norm1.gain`, 'gain', width)
    add(`${block}.norm1.bias`, 'bias', width)
    if (hidden > 0) {
      add(`${block}.widen`, 'matrix', width, hidden)
      add(`${block}.narrow`, 'narrowing', hidden, width)
      add(`${block}.norm2.gain`, 'gain', width)
      add(`${block}.norm2.bias`, 'bias', width)
    }
    if (learnedParam(config) !== null) add(`${block}.learned`, 'learned', heads)
  }
  return tensors
}

export const roundUp = (value: number, unit: number): number => Math.ceil(value / unit) * unit
