import { describe, expect, it } from 'vitest'
import { createScratch } from '../../../src/models/readers/scratch.ts'

const bytes = Uint8Array.from({ length: 100_000 }, (_, i) => (i * 31) & 255)
const home = async () =>
  (await navigator.storage.getDirectory()).getDirectoryHandle('softscope-pieces', { create: true })
async function folders(): Promise<string[]> {
  const names: string[] = []
  for await (const name of (await home()).keys()) names.push(name)
  return names
}

describe('a scratch on disk', () => {
  it('gives back the bytes of each blob, from a file', async () => {
    const onDisk = createScratch()
    const [one, two] = await Promise.all([onDisk(new Blob([bytes])), onDisk(new Blob([bytes.subarray(7)]))])
    expect(one).toBeInstanceOf(File)
    expect(new Uint8Array(await one.arrayBuffer())).toEqual(bytes)
    expect(new Uint8Array(await two.slice(0, 5).arrayBuffer())).toEqual(bytes.subarray(7, 12))
  })

  it('removes what a page that is gone has left, and nothing of one that is not', async () => {
    await (await home()).getDirectoryHandle('left behind', { create: true })
    const first = await createScratch()(new Blob([bytes]))
    expect(await folders()).not.toContain('left behind')
    await createScratch()(new Blob([bytes]))
    expect(new Uint8Array(await first.arrayBuffer())).toEqual(bytes)
  })
})
