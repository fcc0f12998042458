import { describe, expect, it } from 'vitest'
import type { RowsJob } from '../../src/engine/contract.ts'
import { cpuSource } from '../../src/engine/cpuRung.ts'
import { createEngine } from '../../src/engine/engine.ts'
import { normalizers } from '../../src/math/normalizers/index.ts'
import { resolveParams } from '../../src/math/normalizers/params.ts'
import { wasmSource } from '../../src/engine/wasmSource.ts'
import { largestGap, noise } from '../kernels/wasm/openTestLoops.ts'
import { fakeGpu } from './fakeRung.ts'

const engine = createEngine()
const jobOf = (normalizer: string, rows: number, cols: number, more: Partial<RowsJob> = {}): RowsJob => ({
  kind: 'forward',
  normalizer,
  params: {},
  rows,
  cols,
  x: noise(7, rows * cols, 3),
  ...more,
})
const onBoth = async (job: RowsJob) => ({
  wasm: await engine.rows(job, { rung: 'wasm' }),
  cpu: await engine.rows(job, { rung: 'cpu' }),
})

async function covered(): Promise<string[]> {
  const rung = await wasmSource.open()
  if ('unavailable' in rung) throw new Error(rung.unavailable)
  const refused = (id: string, params: RowsJob['params']) => rung.refuses({ ...jobOf(id, 1, 4), params })
  return normalizers.filter(({ id, params }) => refused(id, resolveParams(id, params, {})) === null).map(({ id }) => id)
}

describe('the WASM rung', () => {
  it('gives what float64 gives within 1e-6, forward and vjp, for each normalizer that it covers, at 1, 5, 64 and 1001 entries', async () => {
    const ids = await covered()
    expect(ids).toEqual(
      expect.arrayContaining(['softmax', 'ssmax', 'sparsemax', 'softpick', 'sink', 'sigmoid', 'relu-n']),
    )
    for (const id of ids)
      for (const cols of [1, 5, 64, 1001]) {
        const forward = await onBoth(jobOf(id, 3, cols))
        expect(forward.wasm).toMatchObject({ rung: 'wasm', precision: 'float32' })
        expect(largestGap(forward.wasm.y, forward.cpu.y), `${id} ${cols}`).toBeLessThan(1e-6)
        const back = await onBoth(jobOf(id, 3, cols, { kind: 'vjp', cotangent: noise(8, 3 * cols) }))
        // Cotangents of size up to 1, times slopes of size up to 1, added over a row.
        expect(largestGap(back.wasm.y, back.cpu.y), `${id} ${cols} vjp`).toBeLessThan(3e-6)
      }
  })

  it('leaves masks, NaN, infinities and what does not fit in float32 to float64: the same to the last digit of float32', async () => {
    const x = Float64Array.of(0, NaN, 0, 0, Infinity, 1, 2, -Infinity, 1, 1e300, 1e300, -1)
    const plain = await onBoth(jobOf('softmax', 4, 3, { x }))
    expect(plain.wasm.y).toEqual(Float32Array.from(plain.cpu.y))
    const mask = Uint8Array.of(1, 0, 1, 0, 0, 0, 1, 1, 0, 1, 1, 1)
    const masked = await onBoth(jobOf('softmax', 4, 3, { mask }))
    expect(masked.wasm.y).toEqual(Float32Array.from(masked.cpu.y))
    expect((await engine.rows(jobOf('softmax', 2, 0, { x: new Float32Array(0) }), { rung: 'wasm' })).y).toHaveLength(0)
  })

  it('refuses by name what has no loops; without a name the CPU takes it', async () => {
    await expect(engine.rows(jobOf('gumbel', 2, 3), { rung: 'wasm' })).rejects.toThrow(
      'there are no WebAssembly loops for gumbel',
    )
    const chosen = createEngine()
    chosen.choose('wasm')
    expect([(await chosen.rows(jobOf('gumbel', 2, 3))).rung, (await chosen.rows(jobOf('softmax', 2, 3))).rung]).toEqual(
      ['cpu', 'wasm'],
    )
  })

  it('is the next one where WebGPU is chosen and is not there: the status says so before and after a job', async () => {
    const ladder = createEngine()
    ladder.choose('webgpu')
    expect((await ladder.rows(jobOf('softmax', 2, 3))).rung).toBe('wasm')
    const { running, rungs } = ladder.status()
    expect([running, rungs[0]]).toMatchObject(['wasm', { state: 'unavailable', reason: 'there is no WebGPU here' }])
  })

  it('takes a large job from the float64 loops where it is measured to be faster, and a small one never', async () => {
    const ladder = createEngine()
    const { rung } = await ladder.rows(jobOf('softmax', 64, 1024))
    const [wasm, cpu] = ladder.status().rungs.slice(1)
    expect(rung).toBe(wasm!.nanosecondsPerEntry! < cpu!.nanosecondsPerEntry! ? 'wasm' : 'cpu')
    expect((await ladder.rows(jobOf('softmax', 3, 3))).rung).toBe('cpu')
  })

  it('stands below a GPU that is faster still', async () => {
    const ladder = createEngine([fakeGpu({ milliseconds: 0.001 }), wasmSource, cpuSource])
    expect((await ladder.rows(jobOf('softmax', 64, 1024))).rung).toBe('webgpu')
  })
})
