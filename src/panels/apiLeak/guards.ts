import type { ApiRules } from '../../math/bottleneck/emulatedApi.ts'

/** How strong the guards that have a strength are. */
export interface GuardStrength {
  /** Standard deviation of the noise on each log-probability, nats. */
  readonly noise: number
  /** Decimals left by the rounding guard. */
  readonly coarse: number
}

/** What a provider can do to its interface. */
interface Guard {
  readonly id: string
  readonly label: string
  /** What changes for everyone who uses the interface. */
  readonly about: string
  readonly apply: (rules: ApiRules, strength: GuardStrength) => ApiRules
}

const defineGuard = <const Id extends string>(guard: Guard & { readonly id: Id }) => guard

export const guards = [
  defineGuard({
    id: 'no-bias',
    label: 'no logit bias',
    about: 'Nobody can bias a token.',
    apply: (rules) => ({ ...rules, allowsBias: false }),
  }),
  defineGuard({
    id: 'bias-hides',
    label: 'bias or log-probabilities, not both',
    about: 'A bias changes what is written, but not the log-probabilities that come back.',
    apply: (rules) => ({ ...rules, biasHidesLogProbabilities: true }),
  }),
  defineGuard({
    id: 'names-only',
    label: 'no log-probabilities',
    about: 'Only the name of the most probable token comes back.',
    apply: (rules) => ({ ...rules, showsLogProbabilities: false }),
  }),
  defineGuard({
    id: 'top-1',
    label: 'top 1 only',
    about: 'The most probable token and its log-probability, no others.',
    apply: (rules) => ({ ...rules, top: 1 }),
  }),
  defineGuard({
    id: 'noise',
    label: 'noise',
    about: 'A random number is added to each log-probability.',
    apply: (rules, { noise }) => ({ ...rules, noise }),
  }),
  defineGuard({
    id: 'rounding',
    label: 'rounding',
    about: 'Log-probabilities are rounded to few decimals.',
    apply: (rules, { coarse }) => ({ ...rules, decimals: Math.min(rules.decimals ?? coarse, coarse) }),
  }),
] as const

export type GuardId = (typeof guards)[number]['id']

export const guardIds = guards.map(({ id }) => id) as [GuardId, ...GuardId[]]

/** What is compared: the open interface, and it with each guard alone. */
export const guardSettings: readonly (GuardId | null)[] = [null, ...guards.map(({ id }) => id)]

/** The interface as the experiment sets it, with these guards. */
export function rulesOf(
  { top, decimals, ...strength }: { readonly top: number; readonly decimals: number | null } & GuardStrength,
  ids: readonly GuardId[],
): ApiRules {
  const open: ApiRules = {
    top,
    decimals,
    allowsBias: true,
    maxBiased: 300,
    maxBias: 100,
    noise: 0,
    showsLogProbabilities: true,
    biasHidesLogProbabilities: false,
  }
  return guards.filter(({ id }) => ids.includes(id)).reduce((rules, guard) => guard.apply(rules, strength), open)
}
