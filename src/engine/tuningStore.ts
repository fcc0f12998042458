interface TuningStore {
  readonly get: (device: string) => string | null
  readonly set: (device: string, tuning: string) => void
}

const cacheName = 'softscope-tuning'
/** A cache keeps answers to addresses; this one is asked of nobody. */
const addressOf = (device: string) => `https://softscope.invalid/tuning/${encodeURIComponent(device)}`

/**
 * What was measured on each device, kept by the browser between visits. It is read once, in whole: a worker has no
 * storage that answers at once. Where storage is refused (a sandboxed frame), nothing is kept.
 */
export async function openTuningStore(): Promise<TuningStore> {
  const kept = new Map<string, string>()
  const cache = await openCache()
  for (const { url } of (await cache?.keys()) ?? []) {
    const answer = await cache?.match(url)
    if (answer) kept.set(url, await answer.text())
  }
  return {
    get: (device) => kept.get(addressOf(device)) ?? null,
    set(device, tuning) {
      kept.set(addressOf(device), tuning)
      // A full store costs a measurement at the next visit, no more.
      cache?.put(addressOf(device), new Response(tuning)).catch(() => undefined)
    },
  }
}

async function openCache(): Promise<Cache | null> {
  try {
    return await caches.open(cacheName)
  } catch {
    return null // storage is refused here
  }
}
