const home = 'softscope-pieces'

/**
 * Puts blobs on disk, in the browser's private file system, where they need no memory and last as long as the page. Where
 * there is no such thing, or no room, a blob stays as it is.
 */
export function createScratch(): (blob: Blob) => Promise<Blob> {
  let folder: Promise<FileSystemDirectoryHandle | null> | null = null
  let count = 0
  return async (blob) => {
    folder ??= unlessRefused(openFolder, null)
    const here = await folder
    if (here === null) return blob
    return unlessRefused(async () => {
      const file = await here.getFileHandle(String(count++), { create: true })
      const out = await file.createWritable()
      await out.write(blob)
      await out.close()
      return file.getFile()
    }, blob)
  }
}

/** A folder of this page's own; those of pages that are gone are removed. */
async function openFolder(): Promise<FileSystemDirectoryHandle | null> {
  if (typeof navigator === 'undefined' || !('storage' in navigator && 'locks' in navigator)) return null
  const root = await (await navigator.storage.getDirectory()).getDirectoryHandle(home, { create: true })
  const name = crypto.randomUUID()
  await heldForGood(name)
  const there: string[] = []
  for await (const each of root.keys()) there.push(each)
  // A page takes its lock before it makes its folder, so a folder without one has no page.
  const { held = [] } = await navigator.locks.query()
  const gone = there.filter((each) => !held.some((lock) => lock.name === each))
  for (const each of gone) await root.removeEntry(each, { recursive: true })
  return root.getDirectoryHandle(name, { create: true })
}

/** Resolves when the lock is held, which it is until the page goes. */
function heldForGood(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const forever = () => {
      resolve()
      return new Promise<never>(() => undefined)
    }
    navigator.locks.request(name, forever).catch(reject)
  })
}

/** Browsers refuse storage by a DOMException, and lack a way of it by a TypeError. */
async function unlessRefused<T>(work: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof DOMException || error instanceof TypeError) return otherwise
    throw error
  }
}
