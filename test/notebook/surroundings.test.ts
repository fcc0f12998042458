import { describe, expect, it } from 'vitest'
import { createEngineClient } from '../../src/engine/client.ts'
import { serveInPage } from '../../src/engine/host.ts'
import { surroundingsOf } from '../../src/notebook/createSurroundings.ts'
import { createDataStore } from '../../src/notebook/dataStore.ts'
import { createFileStore } from '../../src/notebook/fileStore.ts'
import { createHandlers, type NotebookHandlers } from '../../src/notebook/handlers.ts'
import { createHold } from '../../src/notebook/hold.ts'
import type { AnyPanel } from '../../src/panels/contract.ts'
import { bareSurroundings, tallyPanel } from './tallyPanel.ts'

const noShelf = { get: async () => null, put: async () => false }

/** A page whose worker is served in place; each opening of it forgets what was sent before. */
function setUp(compute: Awaited<ReturnType<AnyPanel['compute']>>) {
  const ports: MessagePort[] = []
  const client = createEngineClient<NotebookHandlers>({
    worker: () => {
      throw new Error('no workers here')
    },
    inPage: async () => {
      const handlers = createHandlers([tallyPanel({ compute: async () => compute })])
      const port = serveInPage({ engine: bareSurroundings().engine, handlers })
      ports.push(port)
      return port
    },
  })
  const data = createDataStore(noShelf)
  return { client, data, surroundings: surroundingsOf(client, data, createFileStore(noShelf, 'https://page.example/')) }
}

const options = () => ({ signal: new AbortController().signal, progress: () => undefined, hold: createHold() })
const answer = (sum: number) => ({ sentence: '', values: { sum } })
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

describe('a computation off the page’s thread', () => {
  it('has the tables that its experiment names, sent once however often it runs', async () => {
    const brought: (number | null)[] = []
    const { client, data, surroundings } = setUp(async function* ({ note }, context) {
      const table = await context.data(String(note))
      brought.push(table?.values.length ?? null)
      yield answer(table?.values[2] ?? NaN)
    })
    const { key } = await data.keep({ name: 'a', rows: 1, cols: 3, values: Float64Array.of(1, 2, 30) })
    const sums: unknown[] = []
    for (let i = 0; i < 2; i++)
      for await (const { values } of surroundings.computeElsewhere('tally', { note: key }, options()))
        sums.push(values['sum'])
    expect([sums, brought]).toEqual([
      [30, 30],
      [3, 3],
    ])
    client.dispose()
  })

  it('has them again after the worker was lost', async () => {
    const { client, data, surroundings } = setUp(async function* ({ note, fail }, context) {
      if (fail === true) throw new Error('lost')
      yield answer((await context.data(String(note)))?.values[0] ?? NaN)
    })
    const { key } = await data.keep({ name: 'a', rows: 1, cols: 1, values: Float64Array.of(5) })
    const run = async (experiment: Record<string, unknown>) => {
      for await (const { values } of surroundings.computeElsewhere('tally', experiment, options())) return values['sum']
      return null
    }
    expect(await run({ note: key })).toBe(5)
    client.dispose()
    await expect(run({ note: key, fail: true })).rejects.toThrow('lost')
    expect(await run({ note: key })).toBe(5)
    client.dispose()
  })

  it('waits between results while it is held, and goes on when it is let go', async () => {
    let reached = 0
    const { client, surroundings } = setUp(async function* () {
      for (reached = 1; reached < 200; reached++) {
        await pause(2)
        yield answer(reached)
      }
    })
    const given = options()
    const seen: unknown[] = []
    const finished = (async () => {
      for await (const { values } of surroundings.computeElsewhere('tally', {}, given)) seen.push(values['sum'])
    })()
    await pause(60)
    given.hold.set(true)
    await pause(40)
    const held = reached
    await pause(100)
    expect(held).toBeGreaterThan(1)
    expect(reached).toBe(held)
    given.hold.set(false)
    await finished
    expect(seen.at(-1)).toBe(199)
    client.dispose()
  })
})
