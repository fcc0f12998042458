/** The promise's value, or the signal's reason as soon as it fires; what the promise does after that is ignored. */
export async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop: () => void = () => undefined
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason as Error)
    signal.addEventListener('abort', stop)
  })
  if (signal.aborted) stop()
  return Promise.race([promise, aborted]).finally(() => signal.removeEventListener('abort', stop))
}
