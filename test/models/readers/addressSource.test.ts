import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { addressSource } from '../../../src/models/readers/addressSource.ts'
import { pieceBytes } from '../../../src/models/readers/piecesSource.ts'

/** Two whole pieces and a bit; a byte is told from its neighbours and from those a piece away. */
const file = Buffer.from(Uint8Array.from({ length: 2 * pieceBytes + 1000 }, (_, i) => (i * 7 + (i >> 22) * 13) & 255))

let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

async function serving(listener: RequestListener): Promise<string> {
  server = createServer(listener)
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/model.bin`
}

const rangeOf = ({ headers }: IncomingMessage): [number, number] | null => {
  const [, from, last] = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '') ?? []
  return last === undefined ? null : [Number(from), Math.min(file.length, Number(last) + 1)]
}

/** Gives parts, and notes which. */
function byParts(asked: string[], tag: () => string = () => '"one"'): RequestListener {
  return (request, response) => {
    const range = rangeOf(request)
    asked.push(request.headers.range ?? 'all')
    if (range === null) return response.end(file)
    const [from, end] = range
    response.writeHead(206, { 'content-range': `bytes ${from}-${end - 1}/${file.length}`, etag: tag() })
    return response.end(file.subarray(from, end))
  }
}
const never = () => new AbortController().signal
const quiet = () => undefined

describe('a file by its address, where the server gives parts', () => {
  it('is read by parts of 4 MiB: a read across a border fetches one more, the same again none', async () => {
    const asked: string[] = []
    const source = await addressSource(await serving(byParts(asked)), never(), quiet)
    expect(source.size).toBe(file.length)
    for (let times = 0; times < 2; times++)
      expect(Buffer.from(await source.read(pieceBytes - 3, pieceBytes + 5))).toEqual(
        file.subarray(pieceBytes - 3, pieceBytes + 5),
      )
    expect(asked).toEqual(['bytes=0-4194303', 'bytes=4194304-8388607'])
    expect(Buffer.from(await source.read(0, file.length)).equals(file)).toBe(true)
    expect(asked[2]).toBe('bytes=8388608-8389607')
    expect((await source.read(file.length - 2, file.length + 9)).length).toBe(2)
  })

  it('fetchAll brings the rest and tells how far it is, up to the whole', async () => {
    const asked: string[] = []
    const told: number[] = []
    const source = await addressSource(await serving(byParts(asked)), never(), (bytes, all) =>
      told.push(bytes / (all ?? NaN)),
    )
    await source.fetchAll!()
    expect([asked.length, told.at(-1)]).toEqual([3, 1])
    expect(told).toEqual([...told].sort((a, b) => a - b))
  })

  it('stopped, it ends with the reason; joined again, it goes on with what is missing', async () => {
    const asked: string[] = []
    const give = byParts(asked)
    let stuck = true
    const address = await serving((request, response) => {
      if (stuck && request.headers.range?.startsWith('bytes=8388608')) return asked.push('stuck')
      return give(request, response)
    })
    const first = new AbortController()
    const source = await addressSource(address, first.signal, quiet)
    await source.read(pieceBytes, pieceBytes + 1)
    const all = source.fetchAll!()
    setTimeout(() => first.abort(new Error('stopped here')), 50)
    await expect(all).rejects.toThrow('stopped here')
    await expect(source.read(2 * pieceBytes, 2 * pieceBytes + 1)).rejects.toThrow('stopped here')
    stuck = false
    source.join(never(), quiet)
    await source.fetchAll!()
    expect(asked).toEqual(['bytes=0-4194303', 'bytes=4194304-8388607', 'stuck', 'bytes=8388608-8389607'])
  })

  it('goes on for one run when another that reads the same file is stopped', async () => {
    const first = new AbortController()
    const source = await addressSource(await serving(byParts([])), first.signal, quiet)
    source.join(never(), quiet)
    first.abort()
    await expect(source.read(pieceBytes, pieceBytes + 1)).resolves.toHaveLength(1)
  })

  it('that changes in between is refused, and so is an answer of another kind', async () => {
    let tag = '"one"'
    const changed = await addressSource(await serving(byParts([], () => tag)), never(), quiet)
    tag = '"two"'
    await expect(changed.read(pieceBytes, pieceBytes + 1)).rejects.toThrow('has changed since its start was read')
    server!.removeAllListeners('request').on('request', (_, response) => response.writeHead(503).end())
    await expect(changed.read(pieceBytes, pieceBytes + 1)).rejects.toThrow(
      'answered 503 to a request for bytes 4194304 to 8388607.',
    )
  })
})

describe('a file by its address, elsewhere', () => {
  it('is fetched whole where the server knows no parts, or does not say of how much', async () => {
    const whole = await addressSource(await serving((_, response) => response.end(file)), never(), quiet)
    expect(Buffer.from(await whole.read(5, 9))).toEqual(file.subarray(5, 9))
    server!.removeAllListeners('request').on('request', (request, response) => {
      const range = rangeOf(request)
      response.writeHead(range ? 206 : 200).end(range ? file.subarray(...range) : file)
    })
    const { port } = server!.address() as AddressInfo
    expect((await addressSource(`http://127.0.0.1:${port}/`, never(), quiet)).size).toBe(file.length)
  })

  it('that is empty has no bytes; one that is not there, and no server, are told by address', async () => {
    const address = await serving((request, response) => response.writeHead(request.headers.range ? 416 : 200).end())
    expect((await addressSource(address, never(), quiet)).size).toBe(0)
    server!.removeAllListeners('request').on('request', (_, response) => response.writeHead(404).end())
    await expect(addressSource(address, never(), quiet)).rejects.toThrow(`${address} answered 404 Not Found.`)
    server!.close()
    server!.closeAllConnections()
    await expect(addressSource(address, never(), quiet)).rejects.toThrow(`${address} cannot be fetched`)
  })

  it('that breaks off says after how many bytes', async () => {
    const address = await serving((_, response) => {
      response.writeHead(200, { 'content-length': '1000' })
      response.write(Buffer.alloc(10), () => response.destroy())
    })
    await expect(addressSource(address, never(), quiet)).rejects.toThrow(/broke off after 10 bytes|ended after 10/)
  })
})
