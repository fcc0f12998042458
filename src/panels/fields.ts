import * as v from 'valibot'

/** A number, not infinite. `what` opens the sentence that says so. */
export const finite = (what: string) => v.pipe(v.number(`${what} must be a number`), v.finite(`${what} must be finite`))

/** A number from `low` to `high`, ends included. */
export const between = (what: string, low: number, high: number) =>
  v.pipe(
    finite(what),
    v.check((value) => value >= low && value <= high, `${what} must be from ${low} to ${high}`),
  )

/** A whole number from `low` to `high`, ends included. */
export const whole = (what: string, low: number, high: number) =>
  v.pipe(
    v.number(`${what} must be a number`),
    v.check(
      (value) => Number.isInteger(value) && value >= low && value <= high,
      `${what} must be a whole number from ${low} to ${high}`,
    ),
  )

/** A number above 0. */
export const above0 = (what: string) =>
  v.pipe(
    finite(what),
    v.check((value) => value > 0, `${what} must be above 0`),
  )

/** A whole seed of the random numbers. */
export const seed = whole('seed', 0, 2 ** 32 - 1)

/** One of a registry's ids. */
export const oneOf = <const Ids extends readonly [string, ...string[]]>(what: string, ids: Ids) =>
  v.picklist(ids, `${what} must be one of ${ids.join(', ')}`)

/** The ids of a registry that is not empty. */
export function idsOf(registry: readonly { readonly id: string }[]): [string, ...string[]] {
  const [first, ...rest] = registry.map(({ id }) => id)
  if (first === undefined) throw new Error('idsOf: the registry is empty')
  return [first, ...rest]
}
