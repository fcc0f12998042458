import { breathe, breathEvery } from '../../engine/breathe.ts'

/** When to let messages in. */
export interface Pace {
  /** Lets them in if it is time. @throws the signal's reason, once it is aborted */
  readonly rest: () => Promise<void>
  /** True if it is time. */
  readonly isDue: () => boolean
}

export function createPace(signal: AbortSignal): Pace {
  let breath = performance.now()
  const isDue = () => performance.now() - breath > breathEvery
  return {
    isDue,
    async rest() {
      if (isDue()) {
        await breathe()
        breath = performance.now()
      }
      signal.throwIfAborted()
    },
  }
}

/** Runs steps to their end, with rests in between. */
export async function atPace<T>(steps: Generator<null, T, void>, pace: Pace): Promise<T> {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    if (pace.isDue()) await pace.rest()
  }
}
