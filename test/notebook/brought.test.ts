import { describe, expect, it, vi } from 'vitest'
import { createCellRunner } from '../../src/notebook/cellRunner.ts'
import type { DataStore } from '../../src/notebook/surroundings.ts'
import { createExperimentStore } from '../../src/panels/experimentStore.ts'
import { bareSurroundings, defaults, tallyPanel } from './tallyPanel.ts'

const named = `data-${'1'.repeat(32)}`
const other = `data-${'2'.repeat(32)}`
const settled = () => new Promise((resolve) => setTimeout(resolve, 5))

/** A run that fails once, as one without its numbers does, and gives 1 after. */
async function failedOnce(find: DataStore['find'] = async () => null) {
  const panel = tallyPanel()
  const compute = vi
    .fn<typeof panel.compute>()
    .mockRejectedValueOnce(new Error('no numbers'))
    .mockImplementation(panel.compute)
  const parts = [{ id: named, share: 1 }]
  const experiments = createExperimentStore(panel.schema, { ...defaults, parts } as Record<string, unknown>)
  const runner = createCellRunner(
    { ...panel, compute },
    experiments,
    bareSurroundings({ data: { ...bareSurroundings().data, find } }),
  )
  runner.want()
  await settled()
  return { runner, compute }
}

describe('numbers that come to a browser', () => {
  it('run an experiment again that names them and failed without, though nothing of it changed', async () => {
    const { runner, compute } = await failedOnce()
    expect(runner.getState().status).toEqual({ state: 'failed', message: 'no numbers' })
    runner.brought(named)
    await settled()
    expect(runner.getState().status).toEqual({ state: 'done' })
    expect(compute).toHaveBeenCalledTimes(2)
  })

  it('run nothing that does not name them', async () => {
    const { runner, compute } = await failedOnce()
    runner.brought(other)
    await settled()
    expect(compute).toHaveBeenCalledTimes(1)
  })

  it('run nothing that lacks nothing', async () => {
    const table = { key: named, name: 'a.csv', rows: 1, cols: 1, values: Float64Array.of(1) }
    const { runner, compute } = await failedOnce(async () => table)
    runner.rerun()
    await settled()
    expect(runner.getState()).toMatchObject({ status: { state: 'done' }, missing: [] })
    runner.brought(named)
    await settled()
    expect(compute).toHaveBeenCalledTimes(2)
  })
})
