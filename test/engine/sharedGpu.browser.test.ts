import { describe, expect, it } from 'vitest'
import { add, openGpu, tensor1d, type Gpu } from '../../src/engine/tf.ts'

async function opened(): Promise<Gpu> {
  const gpu = await openGpu()
  if ('reason' in gpu) throw new Error(gpu.reason)
  return gpu
}
const sumOf = async () => {
  const [a, b] = [tensor1d([1, 2]), tensor1d([10, 20])]
  const sum = add(a, b)
  const values = await sum.data()
  for (const tensor of [a, b, sum]) tensor.dispose()
  return [...values]
}
const isLost = (gpu: Gpu) => Promise.race([gpu.lost.then(() => true), Promise.resolve(false)])

describe('the WebGPU device', () => {
  it('is one for all who ask, at once or later, and lives until the last of them gives it back', async () => {
    const [first, second] = await Promise.all([opened(), opened()])
    const third = await opened()
    expect([second.backend === first.backend, third.backend === first.backend]).toEqual([true, true])
    first.dispose()
    first.dispose()
    second.dispose()
    expect(await isLost(third)).toBe(false)
    expect(await sumOf()).toEqual([11, 22])
    third.dispose()
    expect(await third.lost).toBe('the device was destroyed')
  })

  it('is a new one after the last holder has gone, and after it was lost', async () => {
    const before = await opened()
    before.dispose()
    const lost = await opened()
    expect(lost.backend).not.toBe(before.backend)
    lost.backend.device.destroy()
    await lost.lost
    const next = await opened()
    expect(next.backend).not.toBe(lost.backend)
    // A holder of the lost one that comes late takes nothing away.
    lost.dispose()
    expect(await sumOf()).toEqual([11, 22])
    next.dispose()
  })
})
