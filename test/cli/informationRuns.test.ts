import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { softscope } from './softscope.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'softscope-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function results(panel: string, experiment: object): Promise<Record<string, unknown>> {
  const file = join(folder, `${panel}.json`)
  await writeFile(file, JSON.stringify(experiment))
  const { status, stdout, stderr } = await softscope(['run', panel, '--experiment', file])
  if (status !== 0) throw new Error(stderr)
  return (JSON.parse(stdout) as { results: Record<string, unknown> }).results
}

describe('softscope run', { timeout: 60_000 }, () => {
  it('ib-curve gives points, hard points and critical βs of a symmetric channel by its closed form', async () => {
    const joint = [
      [0.45, 0.05],
      [0.05, 0.45],
    ]
    const got = await results('ib-curve', { joint, betas: [1.2, 2, 5] })
    const points = got['points'] as { beta: number; I_XT: number; I_TY: number; certificate: number }[]
    expect(points.map(({ beta }) => beta)).toEqual([1.2, 2, 5])
    const h = (p: number) => -p * Math.log2(p) - (1 - p) * Math.log2(1 - p)
    for (const { I_XT, I_TY, certificate } of points) {
      expect(certificate).toBeGreaterThan(-1e-9)
      // The flip of T that keeps I(X;T), by bisection, then Wyner and Ziv's curve.
      let [low, high] = [0, 0.5]
      for (let step = 0; step < 60; step++)
        [low, high] = h((low + high) / 2) < 1 - I_XT ? [(low + high) / 2, high] : [low, (low + high) / 2]
      const flip = 0.1 * (1 - low) + low * 0.9
      expect(Math.abs(I_TY - (1 - h(flip)))).toBeLessThan(1e-6)
    }
    expect(points[0]!.I_XT).toBeLessThan(1e-9)
    expect(got['criticalBetas']).toEqual([expect.closeTo(1.5625, 9)])
    expect(got['onset']).toBeCloseTo(1.5625, 9)
    expect(got['gains']).toEqual([{ beta: expect.closeTo(1.5625, 9), from: 1, to: 2 }])
    expect(got['dib']).toHaveLength(3)
  })

  it('information-plane takes the fields of a paper and gives its runs by seed, epoch, layer and estimator', async () => {
    const got = await results('information-plane', {
      activation: 'relu',
      widths: [12, 6, 3, 2],
      optimizer: 'adam',
      learningRate: 0.01,
      batch: 256,
      epochs: 3,
      seeds: [5, 6],
      estimators: ['bin-width', { id: 'bin-fixed', params: { bins: 10 } }],
    })
    const runs = got['runs'] as { seed: number; epochs: Record<string, unknown>[] }[]
    expect(runs.map(({ seed }) => seed)).toEqual([5, 6])
    for (const { epochs } of runs) {
      expect(epochs.map(({ epoch }) => epoch)).toEqual([0, 1, 2, 3])
      for (const log of epochs) {
        for (const field of ['loss', 'trainAccuracy', 'testAccuracy', 'saturation'])
          expect(log[field]).toEqual(expect.any(Number))
        const layers = log['layers'] as Record<string, { I_XT: number; I_TY: number }>[]
        expect(layers).toHaveLength(3)
        for (const layer of layers)
          for (const id of ['bin-width', 'bin-fixed'])
            expect(layer[id]).toMatchObject({ I_XT: expect.any(Number), I_TY: expect.any(Number) })
      }
    }
  })

  it('information-plane learns own data, whose key is the path of a file beside the experiment', async () => {
    const rows = Array.from({ length: 60 }, (_, i) => `${i % 7},${i % 5},${i % 2 === 0 ? 'even' : 'odd'}`)
    await writeFile(join(folder, 'own.csv'), ['a,b,parity', ...rows].join('\n'))
    const own = { task: 'data', epochs: 1, seeds: [1], estimators: ['bin-fixed'] }
    const got = await results('information-plane', { ...own, data: { key: 'own.csv', name: 'own.csv' } })
    expect(got['classNames']).toEqual(['even', 'odd'])
    await expect(results('information-plane', { ...own, data: { key: 'gone.csv', name: 'gone.csv' } })).rejects.toThrow(
      'there is no file gone.csv',
    )
  })
})
