import type { Numbers } from './lookedAt.ts'

/** Why there is no image to compare with, and what would give one. */
export function noImage({ strategy, campaign, reading }: Numbers): string {
  const last = campaign?.growth.at(-1)
  const none = 'There is no image to compare with'
  if (strategy === 'unbiased') {
    const shown = reading.recovered.filter((value) => !Number.isNaN(value)).length
    return `${none}: without a bias ${shown} of ${reading.truth.length} log-probabilities of an output are seen. Switch the guard “no logit bias” off.`
  }
  if (last === undefined || last.lost === last.outputs)
    return `${none}: no output came back whole. Change the bias, or loosen a guard.`
  if (last.rank === 0)
    return `${none}: nothing stands out of the errors of the replies. Loosen a guard, or let more decimals be shown.`
  if (strategy === 'batch')
    return `${none}: each output looked new, by the errors of this formula. Take the anchored one.`
  return `${none}: each of the ${last.outputs} outputs was new. Pay for more of them, under “Behind the API”.`
}
