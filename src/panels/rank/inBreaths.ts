import { breathe, breathEvery } from '../../engine/breathe.ts'
import type { ComputeContext } from '../contract.ts'

/** Runs steps to their end, lets messages in between, and reports: each step yields the fraction done, 0 to 1. */
export async function inBreaths<T>(
  steps: Generator<number, T, void>,
  doing: string,
  { signal, progress }: Pick<ComputeContext, 'signal' | 'progress'>,
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
