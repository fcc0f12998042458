import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { openGpu, type Gpu } from '../../src/engine/tf.ts'

/**
 * A WebGPU device for the tests of this file. A test fails if the device reported an error that nobody caught: a
 * mistake in WGSL is otherwise silent, and gives zeros.
 * @returns a function that gives the device, from inside a test
 */
export function useGpu(): () => Gpu {
  let gpu: Gpu | undefined
  const errors: string[] = []
  beforeAll(async () => {
    const opened = await openGpu()
    if ('reason' in opened) throw new Error(`no WebGPU for tests: ${opened.reason}`)
    gpu = opened
    watchErrors(gpu.backend.device, errors)
  })
  afterEach(async () => {
    await gpu?.backend.device.queue.onSubmittedWorkDone()
    expect(errors.splice(0), 'errors that the device reported and nobody caught').toEqual([])
  })
  afterAll(() => gpu?.dispose())
  return () => {
    if (!gpu) throw new Error('useGpu: call it inside a test')
    return gpu
  }
}

/** Appends every error that the device reports and nobody catches. */
export function watchErrors(device: GPUDevice, errors: string[]): void {
  device.addEventListener('uncapturederror', (event) => errors.push(event.error.message))
}
