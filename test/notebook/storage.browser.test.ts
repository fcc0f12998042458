import { describe, expect, it, vi } from 'vitest'
import { createEngineClient } from '../../src/engine/client.ts'
import { createDataStore } from '../../src/notebook/dataStore.ts'
import { createSurroundings } from '../../src/notebook/createSurroundings.ts'
import { createHold } from '../../src/notebook/hold.ts'
import { createShelf } from '../../src/notebook/shelf.ts'

const table = (...values: number[]) => ({
  name: 'a.csv',
  rows: 1,
  cols: values.length,
  values: Float64Array.from(values),
})

describe('tables that a person brought', () => {
  it('are found by their key in a later visit', async () => {
    const { key, kept } = await createDataStore(createShelf('test-a')).keep(table(1, 2, NaN))
    expect(kept).toBe('here')
    expect(await createDataStore(createShelf('test-a')).find(key)).toEqual({ key, ...table(1, 2, NaN) })
  })

  it('last for this visit where storage is refused, and nothing throws', async () => {
    const refused = vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('third party', 'SecurityError')
    })
    const store = createDataStore(createShelf('test-b'))
    const { key, kept } = await store.keep(table(3))
    expect(kept).toBe('this-visit')
    expect(await store.find(key)).toMatchObject({ cols: 1 })
    expect(await createDataStore(createShelf('test-b')).find(key)).toBeNull()
    refused.mockRestore()
  })
})

describe('the page’s worker', () => {
  it('reads a file of numbers, and says at which line and column a bad one is wrong', async () => {
    const { readTable } = createSurroundings()
    expect(await readTable(new Blob(['1,2\n3,4\n']), 'm.csv')).toEqual({
      name: 'm.csv',
      rows: 2,
      lines: [1, 2],
      cols: 2,
      values: Float64Array.of(1, 2, 3, 4),
    })
    await expect(readTable(new Blob(['1,2\n3,x\n']), 'm.csv')).rejects.toThrow('m.csv, line 2, column 3')
  })

  it('says that it does not know a panel, in words', async () => {
    const { computeElsewhere } = createSurroundings()
    const options = { signal: new AbortController().signal, progress: () => undefined, hold: createHold() }
    const first = computeElsewhere('no-such-panel', {}, options)[Symbol.asyncIterator]().next()
    await expect(first).rejects.toThrow('the worker knows no panel “no-such-panel”')
  })

  it('starts with the first call and not before', () => {
    const worker = vi.fn<() => Worker>()
    createEngineClient({ worker })
    expect(worker).not.toHaveBeenCalled()
  })
})
