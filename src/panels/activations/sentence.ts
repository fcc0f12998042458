import { percent, shortNumber } from '../../charts/numberFormat.ts'
import type { ActivationsResult, VariantResult } from './result.ts'

type Drawn = Pick<ActivationsResult, 'n' | 'names' | 'logits' | 'variants' | 'reference'>

/** Less than this, unspent, is not worth a word. */
const notable = 0.001
/** At most this many variants of a kind are named one by one. */
const maxNamed = 4

/** What one sees now: who leads, who says zero, who leaves something unspent. */
export function sentenceOf({ n, names, variants, reference }: Drawn): string {
  if (n === 0) return 'There are no logits yet: add one, or paste a row.'
  const lead = variants.find(({ id }) => id === reference) ?? variants[0]
  if (lead === undefined) return `A row of ${shortNumber(n, 7)} logits, and no variant yet: add one.`
  const parts = [leader(lead, n, names), ...counted(variants, n)].filter((part) => part !== '')
  return parts.map((part) => `${capital(part)}.`).join(' ')
}

function leader({ label, stats }: VariantResult, n: number, names: readonly string[]): string {
  if (Number.isNaN(stats.sum)) return `${label} gives NaN, since a logit is NaN or infinite`
  if (stats.argmax < 0) return `every entry is masked, so no weight is given`
  const name = names[stats.argmax] ?? String(stats.argmax)
  if (n === 1) return `${label} gives the only entry ${percent(stats.max)}`
  return `${label} gives ${percent(stats.max)} to ${/^\d+$/.test(name) ? `entry ${name}` : name}`
}

function counted(variants: readonly VariantResult[], n: number): string[] {
  const zero = variants.filter(({ stats }) => stats.zeros > 0)
  const short = variants.filter(({ stats }) => stats.unspent >= notable)
  const kept = n - (variants[0]?.stats.masked ?? 0)
  return [
    listed(
      zero,
      ({ label, stats }) => `${label} keeps ${shortNumber(stats.support, 7)}`,
      'give some entries exactly zero',
    ) + (zero.length > 0 && zero.length <= maxNamed ? ` of ${shortNumber(kept, 7)} entries` : ''),
    listed(
      short,
      ({ label, stats }) => `${label} leaves ${percent(stats.unspent)} unspent`,
      'leave part of the budget unspent',
    ),
  ]
}

function listed(variants: readonly VariantResult[], each: (variant: VariantResult) => string, all: string): string {
  if (variants.length === 0) return ''
  if (variants.length > maxNamed) return `${variants.length} variants ${all}`
  const texts = variants.map(each)
  return texts.length === 1 ? texts[0]! : `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}`
}

/** Only the first letter of a sentence; α and SSMax stay as they are. */
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
