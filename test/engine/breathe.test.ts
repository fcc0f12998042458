import { describe, expect, it } from 'vitest'
import { paceFor } from '../../src/engine/breathe.ts'

/** Works for some milliseconds, and lets nobody in. */
function work(milliseconds: number): void {
  const end = performance.now() + milliseconds
  while (performance.now() < end);
}

describe('a pace', () => {
  it('lets nobody in before 8 ms of work are over, and then a message that waits', async () => {
    let heard = false
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => (heard = true)
    const pace = paceFor()
    port2.postMessage(null)
    await pace()
    expect(heard).toBe(false)
    work(12)
    await pace()
    expect(heard).toBe(true)
    port1.close()
  })

  it('throws what the signal carries, at the next breath and not before', async () => {
    const controller = new AbortController()
    const pace = paceFor(controller.signal)
    controller.abort(new Error('stopped here'))
    await pace()
    work(12)
    await expect(pace()).rejects.toThrow('stopped here')
  })
})
