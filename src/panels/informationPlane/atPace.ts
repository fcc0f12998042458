import type { Pace } from '../../engine/breathe.ts'

/** Runs steps to their end, with breaths in between. */
export async function atPace<T>(steps: Generator<null, T, void>, pace: Pace): Promise<T> {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    await pace()
  }
}
