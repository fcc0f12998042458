import { breathe, breathEvery } from './breathe.ts'

/** What a long run has to do with the rest. */
export interface Listening {
  readonly signal: AbortSignal
  /** @param fraction  0 to 1  @param doing  what is being done, in words */
  readonly progress: (fraction: number, doing: string) => void
}

/** Runs steps to their end, lets messages in between, and reports: each step yields the fraction done, 0 to 1. */
export async function inBreaths<T>(
  steps: Generator<number, T, void>,
  doing: string,
  { signal, progress }: Listening,
): Promise<T> {
  let breath = performance.now()
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    if (performance.now() - breath < breathEvery) continue
    progress(step.value, doing)
    await breathe()
    signal.throwIfAborted()
    breath = performance.now()
  }
}
