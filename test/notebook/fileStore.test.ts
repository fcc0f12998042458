import { describe, expect, it } from 'vitest'
import { createFileStore, fileKeys } from '../../src/notebook/fileStore.ts'
import type { Shelf } from '../../src/notebook/shelf.ts'

const noShelf: Shelf = { get: async () => null, put: async () => false }
const store = (shelf: Shelf = noShelf) => createFileStore(shelf, 'https://page.example/')
const bytes = (length: number, change = -1) =>
  new Blob([Uint8Array.from({ length }, (_, i) => (i === change ? 255 : i % 251))])

describe('files that a person brought', () => {
  it('have one key wherever they are opened, and another for one changed byte at the start, the middle or the end', async () => {
    const length = 1_000_000
    const [first, again, ...others] = await Promise.all(
      [-1, -1, 0, length / 2, length - 1].map(async (change) => (await store().keep(bytes(length, change), 'a')).key),
    )
    expect(again).toBe(first)
    expect(new Set([first, ...others]).size).toBe(4)
    expect((await store().keep(bytes(5), 'a')).key).not.toBe((await store().keep(bytes(6), 'a')).key)
  })

  it('are found by it in this visit, and later where the browser keeps them', async () => {
    const kept = new Map<string, unknown>()
    const shelf: Shelf = {
      get: async (key) => kept.get(key) ?? null,
      put: async (key, value) => !!kept.set(key, value),
    }
    const here = store()
    const { key, kept: until } = await here.keep(bytes(9), 'weights.bin')
    expect([until, (await here.find(key))?.name, await store().find(key)]).toEqual(['this-visit', 'weights.bin', null])
    expect((await store(shelf).keep(bytes(9), 'weights.bin')).kept).toBe('here')
    expect((await store(shelf).find(key))?.blob.size).toBe(9)
  })

  it('are those fields of an experiment that are keys of files', async () => {
    const { key } = await store().keep(bytes(3), 'a')
    expect(fileKeys({ model: key, config: 'models/config.json', epsilon: 0.3, data: null })).toEqual([key])
  })
})
