import { normalizers } from '../math/normalizers/index.ts'

/** Lightness members that the tokens hold for each family. */
const members = 4

/** CSS colour of a variant: hue by family, lightness by its place in the family; the same in every panel. */
export function variantColour(id: string): string {
  const entry = normalizers.find((each) => each.id === id)
  if (entry === undefined) return 'var(--ink)'
  return `var(--${entry.family}-${(placeInFamily(id) % members) + 1})`
}

/** The hue of the variant's family, safe for text. */
export function variantTextColour(id: string): string {
  const entry = normalizers.find((each) => each.id === id)
  return entry === undefined ? 'var(--ink)' : `var(--${entry.family})`
}

/** 0 for the first variant of its family in the registry, 1 for the next: also the choice of its dash. */
export function placeInFamily(id: string): number {
  const family = normalizers.find((each) => each.id === id)?.family
  return Math.max(
    0,
    normalizers.filter((each) => each.family === family).findIndex((each) => each.id === id),
  )
}
