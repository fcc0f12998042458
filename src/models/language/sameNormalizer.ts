import type { HeadNormalizer } from './forward.ts'

/** Whether two heads make weights alike; parameters are those of `resolveParams`, all of them. */
export const sameNormalizer = (a: HeadNormalizer, b: HeadNormalizer): boolean =>
  a.entry === b.entry && Object.entries(a.params).every(([name, value]) => b.params[name] === value)
