import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createDataStore } from '../../src/notebook/dataStore.ts'
import { tableKey, tableKeys } from '../../src/notebook/tables.ts'

const table = (rows: number, cols: number, values: ArrayLike<number>) => ({
  rows,
  cols,
  values: Float64Array.from(values),
})

/** Numbers that no hash has seen before, the same in every run. */
const numbersFrom = (seed: string, count: number): number[] =>
  Array.from({ length: count }, (_, i) => createHash('sha256').update(`${seed}${i}`).digest().readInt32LE(0) / 7)

describe('the key of a table', () => {
  it('is the same for the same numbers in the same shape, wherever they lie in memory', () => {
    const values = numbersFrom('a', 7)
    const inside = Float64Array.from([0, ...values, 0]).subarray(1, 8)
    expect(tableKey({ rows: 1, cols: 7, values: inside })).toBe(tableKey(table(1, 7, values)))
    expect(tableKey(table(1, 7, values))).toMatch(/^data-[0-9a-f]{32}$/)
  })

  it('differs for another shape, another order, a changed last bit, and 0 and −0', () => {
    const [a, b, c, d] = numbersFrom('b', 4) as [number, number, number, number]
    const tables = [table(2, 2, [a, b, c, d]), table(4, 1, [a, b, c, d]), table(2, 2, [b, a, c, d])]
    tables.push(table(2, 2, [a, b, c, d + Number.EPSILON * Math.abs(d)]), table(1, 1, [0]), table(1, 1, [-0]))
    expect(new Set(tables.map(tableKey)).size).toBe(6)
  })

  it('differs for the same numbers under other words', () => {
    const tables = [['oak', 'ash'], ['elm', 'ash'], undefined].map((rowNames) => ({
      ...table(2, 1, [1, 0]),
      ...(rowNames && { rowNames }),
    }))
    expect(new Set(tables.map(tableKey)).size).toBe(3)
  })

  it('differs for each of 20,000 rows of small whole numbers, and flips half of its 128 bits for one flipped', () => {
    const keys = new Set<string>()
    for (let i = 0; i < 20_000; i++) keys.add(tableKey(table(1, 2, [i % 200, Math.floor(i / 200)])))
    expect(keys.size).toBe(20_000)
    const bits = (key: string) => BigInt(`0x${key.slice(5)}`)
    const flips = numbersFrom('c', 200).map((value) => {
      const near = Float64Array.of(value)
      new Uint32Array(near.buffer)[0]! ^= 1
      const difference = bits(tableKey(table(1, 1, [value]))) ^ bits(tableKey(table(1, 1, near)))
      return difference.toString(2).replaceAll('0', '').length
    })
    // 200 draws of a binomial(128, ½): mean 64, standard error 0.4.
    expect(Math.abs(flips.reduce((sum, each) => sum + each, 0) / 200 - 64)).toBeLessThan(2)
  })

  it('is found anywhere in an experiment', () => {
    const key = tableKey(table(1, 1, [1]))
    expect(tableKeys({ a: [{ data: { key, name: key.slice(1) } }, key], b: 'data-xyz' })).toEqual([key])
  })
})

describe('a data store', () => {
  it('does not take what lies under a key but is no table, or another one', async () => {
    const wrong = [null, 'x', { key: 'k' }, { key: 'other', name: '', rows: 1, cols: 1, values: new Float64Array(1) }]
    wrong.push({ key: 'k', name: '', rows: 2, cols: 2, values: new Float64Array(1) })
    for (const value of wrong) {
      const store = createDataStore({ get: async () => value, put: async () => true })
      expect(await store.find('k')).toBeNull()
    }
  })
})
