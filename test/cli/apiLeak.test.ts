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

async function run(experiment: object) {
  const file = join(folder, 'leak.json')
  await writeFile(file, JSON.stringify(experiment))
  return softscope(['run', 'api-leak', '--experiment', file])
}

interface Results {
  campaign: { growth: { rank: number; found: number | null; shortcut: { error: number } | null }[] }
  stability: { anchored: { bias: number; error: number }[] }
  suspects: { id: string; rankChange: number }[]
  guardCosts: { id: string | null; calls: number }[]
  values: Record<string, unknown>
}

describe('softscope run api-leak, as built', { timeout: 60_000 }, () => {
  it('writes ranks, errors, calls, dollars, suspects, guards of a model with 6 hidden numbers', async () => {
    const { status, stdout, stderr } = await run({
      vocabulary: 100,
      hidden: 6,
      outputs: 10,
      collected: 10,
      price: 3,
      loraRank: 3,
    })
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' })
    const { campaign, stability, suspects, guardCosts, values } = (JSON.parse(stdout) as { results: Results }).results
    expect(campaign.growth.map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 5, 6, 6, 6, 6, 6])
    expect(campaign.growth[9]!.shortcut!.error).toBeLessThan(1e-6)
    expect(stability.anchored.map(({ bias }) => bias)).toEqual(Array.from({ length: 20 }, (_, i) => 5 * i + 5))
    expect(suspects.map(({ rankChange }) => rankChange)).toEqual([0, 0, 0, 3, 6, 6])
    // 1 + ⌈95 / 4⌉ calls an output; 28 a token by names.
    expect(guardCosts.map(({ calls }) => calls)).toEqual([25, 1, 2773, 2773, 793, 25, 25])
    expect(values).toMatchObject({ foundD: 6, calls: 250, dollars: 0.75, callsRebuilt: 2, callsSaved: 23 })
  })

  it('a hidden size beyond the vocabulary exits with 2 and says what would be right', async () => {
    const { status, stderr } = await run({ vocabulary: 20, hidden: 30 })
    expect([status, stderr]).toEqual([2, expect.stringContaining('hidden must be below vocabulary − 1')])
  })
})
