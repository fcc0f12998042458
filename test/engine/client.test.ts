import { describe, expect, it } from 'vitest'
import { createEngineClient } from '../../src/engine/client.ts'
import type { RowsJob } from '../../src/engine/contract.ts'
import { createEngine } from '../../src/engine/engine.ts'
import { serveInPage, type HandlerContext } from '../../src/engine/host.ts'

const breath = () => new Promise((resolve) => setTimeout(resolve))

const handlers = {
  count: async function* (upTo: number, { progress }: HandlerContext) {
    for (let i = 1; i <= upTo; i++) {
      await breath()
      progress(i / upTo, 'counting')
      yield i
    }
  },
  forever: async function* (log: { port: MessagePort }, { signal }: HandlerContext) {
    let turns = 0
    signal.addEventListener('abort', () => log.port.postMessage('aborted'))
    try {
      while (true) {
        await breath()
        yield turns++
      }
    } finally {
      log.port.postMessage('ended')
    }
  },
  // oxlint-disable-next-line require-yield
  fail: async function* (name: string): AsyncGenerator<never> {
    throw Object.assign(new Error('logit 3 is NaN'), { name })
  },
  burst: async function* (upTo: number) {
    for (let i = 1; i <= upTo; i++) yield { at: i }
  },
  uncloneable: async function* (answer: number) {
    yield () => answer
  },
}

/** A page whose browser starts no worker, so that the host runs in this process, behind the same messages. */
function connected() {
  const doors = {
    worker: (): Worker => {
      throw new Error('no worker here')
    },
    inPage: () => Promise.resolve(serveInPage({ engine: createEngine(), handlers })),
  }
  return createEngineClient<typeof handlers>(doors)
}

async function collect<T>(results: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const result of results) all.push(result)
  return all
}

const job: RowsJob = {
  kind: 'forward',
  normalizer: 'softmax',
  params: {},
  rows: 2,
  cols: 2,
  x: Float64Array.of(0, 0, Math.log(3), 0),
}

describe('the engine client', () => {
  it('gives the results of a handler in order, with its progress, and ends', async () => {
    const client = connected()
    const seen: [number, string | undefined][] = []
    const results = await collect(
      client.stream('count', 3, { onProgress: (fraction, doing) => seen.push([fraction, doing]) }),
    )
    expect(results).toEqual([1, 2, 3])
    expect(seen.at(-1)).toEqual([1, 'counting'])
    client.dispose()
  })

  it('skips results that came before the reader was ready, never the last', async () => {
    const client = connected()
    const results: number[] = []
    for await (const { at } of client.stream('burst', 500)) {
      results.push(at)
      await breath()
    }
    expect(results.length).toBeLessThan(500)
    expect(results.at(-1)).toBe(500)
    client.dispose()
  })

  it('stops the handler when the reader leaves its loop', async () => {
    const client = connected()
    const { port1, port2 } = new MessageChannel()
    const heard: unknown[] = []
    port1.onmessage = (event) => heard.push(event.data)
    for await (const turn of client.stream('forever', { port: port2 }, { transfer: [port2] })) if (turn > 2) break
    await expect.poll(() => heard).toEqual(['aborted', 'ended'])
    port1.close()
    client.dispose()
  })

  it('ends with the reason of a signal, in the middle of a run or before it', async () => {
    const client = connected()
    const controller = new AbortController()
    const { port1, port2 } = new MessageChannel()
    const results = client.stream('forever', { port: port2 }, { signal: controller.signal, transfer: [port2] })
    await results.next()
    controller.abort()
    await expect(results.next()).rejects.toMatchObject({ name: 'AbortError' })
    await expect(client.stream('count', 1, { signal: controller.signal }).next()).rejects.toMatchObject({
      name: 'AbortError',
    })
    port1.close()
    client.dispose()
  })

  it('ends an older stream when a newer one starts under the same key, and leaves other keys alone', async () => {
    const client = connected()
    const older = collect(client.stream('count', 1000, { newest: 'cell' }))
    const other = collect(client.stream('count', 5, { newest: 'another cell' }))
    const newer = collect(client.stream('count', 3, { newest: 'cell' }))
    await expect(older).rejects.toMatchObject({ name: 'AbortError' })
    expect((await newer).at(-1)).toBe(3)
    expect((await other).at(-1)).toBe(5)
    client.dispose()
  })

  it('brings an error over with its name and message, also for a result that cannot be copied', async () => {
    const client = connected()
    await expect(client.stream('fail', 'DomainError').next()).rejects.toMatchObject({
      name: 'DomainError',
      message: 'logit 3 is NaN',
    })
    await expect(client.stream('uncloneable', 1).next()).rejects.toMatchObject({ name: 'DataCloneError' })
    client.dispose()
  })

  it('runs rows and leaves the caller its arrays', async () => {
    const client = connected()
    const { y, rung, precision } = await client.rows(job)
    expect([...y]).toEqual([0.5, 0.5, expect.closeTo(0.75, 15), expect.closeTo(0.25, 15)])
    expect([rung, precision]).toEqual(['cpu', 'float64'])
    expect(job.x).toHaveLength(4)
    await expect(client.rows({ ...job, rows: 3 })).rejects.toThrow('x has 4 entries; 3 x 2 makes 6')
    await expect(client.rows({ ...job, normalizer: 'softmx' })).rejects.toThrow('no normalizer "softmx"')
    client.dispose()
  })

  it('keeps its status object until something changes', async () => {
    const client = connected()
    const first = client.status()
    expect(client.status()).toBe(first)
    let changes = 0
    const leave = client.subscribe(() => changes++)
    client.choose('cpu')
    expect(client.status().choice).toBe('cpu')
    await expect.poll(() => client.status().rungs.at(-1)?.state).toBe('ready')
    expect(changes).toBeGreaterThan(1)
    leave()
    client.dispose()
  })

  it('says why where neither a worker nor the page can serve', async () => {
    const client = createEngineClient({
      worker: () => {
        throw new Error('no worker here')
      },
    })
    await expect(client.rows(job)).rejects.toThrow('no worker here')
  })

  it('says at the rung that was chosen why no worker could be started for it, until another is chosen', async () => {
    const client = createEngineClient<typeof handlers>({
      worker: () => {
        throw new Error('no worker here')
      },
    })
    client.choose('webgpu')
    await breath()
    expect(client.status()).toMatchObject({
      choice: 'webgpu',
      rungs: [{ id: 'webgpu', reason: 'no worker here' }, {}, {}],
    })
    client.choose('auto')
    await expect(client.rows(job)).rejects.toThrow('no worker here')
    expect(client.status().rungs.map(({ reason }) => reason)).toEqual([null, null, null])
  })

  it('ends what runs when it is disposed of', async () => {
    const client = connected()
    const run = collect(client.stream('count', 100_000))
    await breath()
    client.dispose()
    await expect(run).rejects.toThrow('its worker was ended')
  })
})
