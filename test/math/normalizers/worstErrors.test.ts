import { describe, expect, it } from 'vitest'
import { normalizerById } from '../../../src/math/normalizers/index.ts'
import { caseErrors, type GoldenError } from './goldenErrors.ts'
import { goldenFiles } from './goldenFiles.ts'
import { readGolden } from './readGolden.ts'

/** The largest error of each quantity over all cases of a file. */
function worstOf(errors: readonly GoldenError[]): GoldenError[] {
  const worst = new Map<string, GoldenError>()
  for (const each of errors) {
    const before = worst.get(each.quantity)
    if (!before || !(each.error <= before.error)) worst.set(each.quantity, each)
  }
  return [...worst.values()]
}

describe('the worst error against the golden files', () => {
  // GOLDEN_TABLE=1 npx vitest run --project node test/math/normalizers/worstErrors.test.ts
  const print = process.env['GOLDEN_TABLE'] !== undefined

  it.each(goldenFiles)('of $file is within the tolerance for each quantity', (entry) => {
    const golden = readGolden(entry.file)
    const normalizer = normalizerById(entry.id)
    if (!normalizer) throw new Error(`the registry has no ${entry.id}`)
    const worst = worstOf(golden.cases.flatMap((each) => caseErrors(golden, entry, normalizer, each)))
    const cells = worst.map(({ quantity, error, case: id }) => `${quantity} ${error.toExponential(1)} (${id})`)
    if (print) console.warn(`| ${entry.file} | ${cells.join(' | ')} |`)
    expect(worst.filter(({ error, tolerance }) => !(Math.abs(error) <= tolerance))).toEqual([])
  })
})
