import type { Published } from '../contract.ts'
import type { ActivationsResult, VariantResult } from './result.ts'

type Drawn = Pick<ActivationsResult, 'n' | 'names' | 'logits' | 'variants' | 'reference'>

/** Up to here every entry's share is published by its name. */
const maxNamed = 64

/** What the text around a panel can show: `share.softmax.mat`, `support.sparsemax`. */
export function valuesOf({ n, names, logits, variants }: Drawn): Published {
  const each = (pick: (variant: VariantResult) => number | null): Published =>
    Object.fromEntries(variants.map((variant) => [variant.id, pick(variant) ?? NaN]))
  const named = n <= maxNamed && logits !== null
  return {
    n,
    sum: each(({ stats }) => stats.sum),
    unspent: each(({ stats }) => stats.unspent),
    support: each(({ stats }) => stats.support),
    zeros: each(({ stats }) => stats.zeros),
    entropy: each(({ stats }) => stats.entropyNats),
    bits: each(({ stats }) => stats.entropyBits),
    effective: each(({ stats }) => stats.effectiveEntries),
    max: each(({ stats }) => stats.max),
    argmax: Object.fromEntries(variants.map(({ id, stats }) => [id, names[stats.argmax] ?? String(stats.argmax)])),
    kl: each(({ stats }) => stats.klNats),
    logit: named ? byName(logits, names) : {},
    share: named
      ? Object.fromEntries(variants.map(({ id, weights }) => [id, weights === null ? {} : byName(weights, names)]))
      : {},
  }
}

/** Every entry by its index, and by its name where it has one; of two with one name, the first. */
function byName(row: Float64Array, names: readonly string[]): Published {
  const out: Record<string, number> = {}
  row.forEach((value, i) => (out[i] = value))
  row.forEach((value, i) => (out[names[i] ?? i] ??= value))
  return out
}
