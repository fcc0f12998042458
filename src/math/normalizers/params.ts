import { DomainError } from '../errors.ts'

interface CommonParam {
  /** TeX of the symbol, as the formula writes it. */
  readonly symbol: string
  /** Spoken and written name, in words: `temperature`. */
  readonly label: string
  /** One sentence: what turning it does. */
  readonly about: string
  /** Other names under which files in the wild carry it. */
  readonly aliases?: readonly string[]
  /** A model learns it, one value a head; the given value is where it starts. */
  readonly learned?: true
}

export interface NumberParam extends CommonParam {
  readonly kind: 'number'
  readonly default: number
  /** What a slider offers; a typed value may leave it, within `domain`. */
  readonly range: readonly [low: number, high: number]
  readonly scale: 'linear' | 'log'
  /** Where the formula is defined. */
  readonly domain: Domain
}

/** A number, or one of a few words that stand for a number the row decides (`-log n`). */
export interface NumberOrWordParam<W extends string> extends Omit<NumberParam, 'kind' | 'default'> {
  readonly kind: 'number-or-word'
  readonly default: number | W
  readonly words: readonly W[]
}

export interface ChoiceParam<C extends string> extends CommonParam {
  readonly kind: 'choice'
  readonly default: C
  readonly options: readonly C[]
}

export interface Domain {
  readonly above?: number
  readonly atLeast?: number
  readonly atMost?: number
  readonly integer?: true
  readonly even?: true
}

export type ParamSpec = NumberParam | NumberOrWordParam<string> | ChoiceParam<string>
export type ParamSpecs = Readonly<Record<string, ParamSpec>>
export type ParamValue = number | string
export type ParamValues = Readonly<Record<string, ParamValue>>

/** The values that a normalizer with these specs receives. */
export type ValuesOf<S extends ParamSpecs> = {
  readonly [K in keyof S]: S[K] extends NumberParam
    ? number
    : S[K] extends NumberOrWordParam<infer W>
      ? number | W
      : S[K] extends ChoiceParam<infer C>
        ? C
        : never
}

/**
 * Fills defaults, follows aliases, checks names and domains.
 * @throws DomainError that names the function, the parameter, the value and what would be right
 */
export function resolveParams(id: string, specs: ParamSpecs, given: Readonly<Record<string, unknown>>): ParamValues {
  const values: Record<string, ParamValue> = {}
  for (const [name, spec] of Object.entries(specs)) values[name] = spec.default
  for (const [key, value] of Object.entries(given)) {
    const name = Object.keys(specs).find((known) => known === key || specs[known]?.aliases?.includes(key))
    const spec = name === undefined ? undefined : specs[name]
    if (name === undefined || spec === undefined) {
      const known = Object.keys(specs)
      throw new DomainError(
        `${id}: there is no parameter ${JSON.stringify(key)}; ${known.length > 0 ? `its parameters are ${known.join(', ')}` : 'it has none'}`,
      )
    }
    const problem = paramProblem(spec, value)
    if (problem !== null) throw new DomainError(`${id}: ${name} is ${JSON.stringify(value)}; it must be ${problem}`)
    values[name] = value as ParamValue
  }
  return values
}

/** What a value of this parameter must be, in words, if `value` is not; else null. */
export function paramProblem(spec: ParamSpec, value: unknown): string | null {
  if (spec.kind === 'choice') {
    return typeof value === 'string' && spec.options.includes(value) ? null : `one of ${spec.options.join(', ')}`
  }
  if (spec.kind === 'number-or-word' && typeof value === 'string' && spec.words.includes(value)) return null
  const { above, atLeast, atMost, integer, even } = spec.domain
  const fits =
    typeof value === 'number' &&
    Number.isFinite(value) &&
    (above === undefined || value > above) &&
    (atLeast === undefined || value >= atLeast) &&
    (atMost === undefined || value <= atMost) &&
    (!(integer || even) || Number.isInteger(value)) &&
    (!even || value % 2 === 0)
  if (fits) return null
  const noun = even ? 'an even whole number' : integer ? 'a whole number' : 'a finite number'
  const bounds = [
    above !== undefined && `above ${above}`,
    atLeast !== undefined && `at least ${atLeast}`,
    atMost !== undefined && `at most ${atMost}`,
  ].filter((bound) => bound !== false)
  const words = spec.kind === 'number-or-word' ? `, or ${spec.words.map((word) => `"${word}"`).join(' or ')}` : ''
  return `${noun}${bounds.length > 0 ? ` ${bounds.join(' and ')}` : ''}${words}`
}
