import { readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readNpy } from '../../src/models/readers/npy.ts'
import { softscope } from './softscope.ts'

interface Results {
  readonly unargmaxable: number[]
  readonly enclosedBy: Record<string, number[]>
  readonly ceiling: Record<string, number>
  readonly winsAt: Record<string, number[]>
  readonly shareByD: { d: number; count: number; share: number }[]
}

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'softscope-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function run(experiment: object, ...flags: string[]) {
  const file = join(folder, 'experiment.json')
  await writeFile(file, JSON.stringify(experiment))
  return softscope(['run', 'argmax-geometry', '--experiment', file, ...flags])
}
async function results(experiment: object, ...flags: string[]): Promise<Results> {
  const { status, stdout, stderr } = await run(experiment, ...flags)
  if (status !== 0) throw new Error(stderr)
  return (JSON.parse(stdout) as { results: Results }).results
}

describe('softscope run argmax-geometry', { timeout: 60_000 }, () => {
  it('writes the golden tokens, ceilings, states that win, and the share by d', async () => {
    const { cases, sweep } = JSON.parse(readFileSync('test/fixtures/bottleneck/unargmax.json', 'utf8')) as {
      cases: { name: string; unargmaxable: number[]; maxProb: { token: number; p: number }[] }[]
      sweep: { d: number; count: number }[]
    }
    const layer = cases.find(({ name }) => name === '3d_medium')!
    const got = await results({ vocabulary: 80, d: 3, seed: 1104 })
    expect(got.unargmaxable).toEqual(layer.unargmaxable)
    expect(Object.keys(got.enclosedBy).map(Number)).toEqual(layer.unargmaxable)
    for (const { token, p } of layer.maxProb) expect(Math.abs(got.ceiling[token]! / p - 1)).toBeLessThan(1e-6)
    expect(Object.keys(got.winsAt)).toHaveLength(80 - 59)
    expect(got.shareByD.map(({ d, count }) => [d, count])).toEqual(sweep.map(({ d, count }) => [d, count]))
  })

  it('takes own rows and biases, where a bias saves the token in the middle', async () => {
    const W = [
      [1, 0],
      [0, 1],
      [-1, -1],
      [0, 0],
    ]
    expect((await results({ W })).enclosedBy).toEqual({ 3: [0, 1, 2] })
    expect((await results({ W, b: [0, 0, 0, 1] })).unargmaxable).toEqual([])
  })

  it('reads a matrix from a file beside the experiment, and writes the states as NPY', async () => {
    await writeFile(join(folder, 'layer.csv'), '1,0\n0,1\n-1,-1\n0,0\n')
    const out = join(folder, 'states.npy')
    expect((await results({ file: 'layer.csv' }, '--winsAt', out)).unargmaxable).toEqual([3])
    const { rows, cols, values } = readNpy(await readFile(out))
    expect([rows, cols]).toEqual([4, 2])
    expect([...values].map(Number.isNaN)).toEqual([false, false, false, false, false, false, true, true])
  })

  it('refuses one row, and a file that holds NaN, in words', async () => {
    const one = await run({ W: [[1, 2]] })
    expect([one.status, one.stderr]).toEqual([2, expect.stringContaining('W has 1 row; a token needs others')])
    await writeFile(join(folder, 'bad.csv'), '1,2\n3,nan\n')
    const bad = await run({ file: 'bad.csv' })
    expect([bad.status, bad.stderr]).toEqual([1, expect.stringMatching(/bad\.csv.*(NaN|nan)/s)])
  })
})
