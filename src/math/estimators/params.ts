import { DomainError } from '../errors.ts'
import {
  resolveParams,
  type Domain,
  type NumberParam,
  type ParamSpec,
  type ParamValue,
  type ValuesOf,
} from '../normalizers/params.ts'

/** Yes or no. */
export interface FlagParam {
  readonly kind: 'flag'
  readonly symbol: string
  readonly label: string
  readonly about: string
  readonly default: boolean
}

export type EstimatorSpecs = Readonly<Record<string, ParamSpec | FlagParam>>
export type EstimatorValues = Readonly<Record<string, ParamValue | boolean>>
export type EstimatorValuesOf<S extends EstimatorSpecs> = {
  readonly [K in keyof S]: S[K] extends FlagParam
    ? boolean
    : S[K] extends ParamSpec
      ? ValuesOf<{ v: S[K] }>['v']
      : never
}

/**
 * Fills defaults, checks names and domains.
 * @throws DomainError that names the estimator, the parameter, the value and what would be right
 */
export function resolveEstimatorParams(
  id: string,
  specs: EstimatorSpecs,
  given: Readonly<Record<string, unknown>>,
): EstimatorValues {
  const flags: Record<string, boolean> = {}
  const others: Record<string, ParamSpec> = {}
  for (const [name, spec] of Object.entries(specs))
    if (spec.kind === 'flag') flags[name] = spec.default
    else others[name] = spec
  const rest: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(given)) {
    if (!(name in flags)) rest[name] = value
    else if (typeof value === 'boolean') flags[name] = value
    else throw new DomainError(`${id}: ${name} is ${JSON.stringify(value)}; it must be true or false`)
  }
  return { ...flags, ...resolveParams(id, others, rest) }
}

/** The most bins along one axis: each must be held. */
export const mostBins = 2 ** 16

/** Numbers of one scale and domain, each with its own words. @param range  what a slider offers */
const numberParam =
  <const S extends NumberParam['scale'], const D extends Domain>(scale: S, domain: D) =>
  (symbol: string, label: string, about: string, preset: number, range: readonly [low: number, high: number]) =>
    ({ kind: 'number', symbol, label, about, default: preset, range, scale, domain }) as const

/** A whole number from 1 up: neighbours, bins. @param high  what a slider offers  @param most  what is possible */
export const countParam = (
  symbol: string,
  label: string,
  about: string,
  preset: number,
  high: number,
  most = 2 ** 20,
) => numberParam('linear', { atLeast: 1, atMost: most, integer: true })(symbol, label, about, preset, [1, high])

/** Beyond it a square, or a quotient by it, leaves the range of numbers. */
const far = 1e100

/** What a positive number may be. */
export const positive = { atLeast: 1 / far, atMost: far } as const

/** A positive number on a log scale: a width, a variance. */
export const positiveParam = numberParam('log', positive)

/** A number of either sign. */
export const realParam = numberParam('linear', { atLeast: -far, atMost: far })

/** The two ends of an interval that is cut. */
export const intervalParams = (lo: number, hi: number) => ({
  lo: realParam('a', 'low end', 'Values below it fall in the first cell.', lo, [-10, 0]),
  hi: realParam('b', 'high end', 'Values above it fall in the last cell.', hi, [0, 10]),
})

/** @throws DomainError if an interval is empty */
export function needInterval(id: string, lo: number, hi: number): void {
  if (!(lo < hi)) throw new DomainError(`${id}: lo is ${lo} and hi ${hi}; lo must be below hi`)
}
