import { expect, it } from 'vitest'
import { bringRow } from '../../src/panels/activations/bringRow.ts'
import { readTable } from '../../src/panels/readTable.ts'

const bring = (text: string) =>
  bringRow(new Blob([text]), 'h.csv', { readTable, keepData: () => Promise.resolve('its-key') })

it('a table names its entries by its header', async () => {
  expect(await bring('cat,dog,bird\n1,2,3\n4,5,6')).toMatchObject({
    names: ['cat', 'dog', 'bird'],
    data: { key: 'its-key', row: 0, rows: 2, cols: 3 },
  })
})

it('a single row names its entries by its header, and is written out', async () => {
  expect(await bring('cat,dog\n1,2')).toMatchObject({ names: ['cat', 'dog'], logits: [1, 2], data: null })
})

it('the header of a single column names none of its entries', async () => {
  expect(await bring('score\n1\n2\n3')).toMatchObject({ names: [], logits: [1, 2, 3] })
})

it('a row too long to be drawn by entry keeps no names', async () => {
  const header = Array.from({ length: 1025 }, (_, i) => `w${i}`)
  const row = header.map((_, i) => i)
  expect(await bring(`${header.join(',')}\n${row.join(',')}`)).toMatchObject({ names: [], data: { cols: 1025 } })
})
