/** Work between two breaths, in milliseconds: short enough that a cancel is heard within a frame of 16 ms. */
export const breathEvery = 8

/** Lets messages, timers and signals in. A message to oneself, since browsers clamp nested timers to 4 ms. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
}

/** Takes a breath where one is due; called between pieces of work. */
export type Pace = () => Promise<void>

/** A breath every few milliseconds of work. The pace throws what the signal carries, once it has taken one. */
export function paceFor(signal?: AbortSignal): Pace {
  let last = performance.now()
  return async () => {
    if (performance.now() - last < breathEvery) return
    await breathe()
    signal?.throwIfAborted()
    last = performance.now()
  }
}
