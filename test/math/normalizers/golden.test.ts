import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { normalizerById, normalizers } from '../../../src/math/normalizers/index.ts'
import { caseErrors } from './goldenErrors.ts'
import { goldenFiles, plainGoldenFiles } from './goldenFiles.ts'
import { readGolden } from './readGolden.ts'

describe('the golden files', () => {
  it('of kind vector are all tested, here or beside a plain function', () => {
    const names = readdirSync(new URL('../../fixtures/normalizers/', import.meta.url)).map((name) => name.slice(0, -5))
    const vectors = names.filter((name) => readGolden(name).kind === 'vector')
    expect([...goldenFiles.map(({ file }) => file), ...plainGoldenFiles].sort()).toEqual(vectors.sort())
  })

  it('cover every variant of the registry', () => {
    expect(new Set(normalizers.map(({ id }) => id))).toEqual(new Set(goldenFiles.map(({ id }) => id)))
  })
})

describe.each(goldenFiles)('golden file $file', (entry) => {
  const golden = readGolden(entry.file)

  it.each(golden.cases)(`$id: every number of ${entry.id} is within the file's float64 tolerance`, (each) => {
    const normalizer = normalizerById(entry.id)
    if (!normalizer) throw new Error(`the registry has no ${entry.id}`)
    const errors = caseErrors(golden, entry, normalizer, each)
    expect(errors.length).toBeGreaterThanOrEqual(2)
    expect(errors.filter(({ error, tolerance }) => !(Math.abs(error) <= tolerance))).toEqual([])
  })

  it('is about a variant with a loss, if it states one', () => {
    const stated = golden.cases.some(({ loss }) => loss !== undefined)
    expect(stated && !normalizerById(entry.id)?.loss).toBe(false)
  })
})
