import { describe, expect, it, vi } from 'vitest'
import { createCellRunner } from '../../src/notebook/cellRunner.ts'
import type { ElsewhereOptions, Surroundings } from '../../src/notebook/surroundings.ts'
import { createExperimentStore } from '../../src/panels/experimentStore.ts'
import type { AnyPanel, PanelResult } from '../../src/panels/contract.ts'
import { bareSurroundings, defaults, tallyPanel } from './tallyPanel.ts'

const setUp = (panel: AnyPanel, parts: Partial<Surroundings> = {}) => {
  const experiments = createExperimentStore(panel.schema, { ...defaults } as Record<string, unknown>)
  return { experiments, runner: createCellRunner(panel, experiments, bareSurroundings(parts)) }
}
const sumOf = (result: PanelResult | null) => result?.values['sum']
const answer = (sum: number): PanelResult => ({ sentence: '', values: { sum } })

/** A run elsewhere whose results the test hands out one by one. */
function elsewhere() {
  const calls: {
    experiment: Record<string, unknown>
    options: ElsewhereOptions
    give: (sum: number) => void
    end: () => void
    fail: (error: Error) => void
  }[] = []
  const computeElsewhere: Surroundings['computeElsewhere'] = async function* (_panel, experiment, options) {
    const queue: (number | null | Error)[] = []
    let wake = () => {}
    const put = (each: number | null | Error) => {
      queue.push(each)
      wake()
    }
    calls.push({ experiment: { ...experiment }, options, give: put, end: () => put(null), fail: put })
    for (;;) {
      while (queue.length === 0) await new Promise<void>((resolve) => (wake = resolve))
      const next = queue.shift()!
      if (next === null) return
      if (next instanceof Error) throw next
      yield answer(next)
    }
  }
  return { calls, parts: { computeElsewhere }, panel: tallyPanel({ fitsInFrame: () => false }) }
}
const settled = () => new Promise((resolve) => setTimeout(resolve, 5))

describe('a cell’s run', () => {
  it('begins when somebody wants it and not before', async () => {
    const { runner } = setUp(tallyPanel())
    await settled()
    expect(runner.getState().status).toEqual({ state: 'idle' })
    runner.want()
    await settled()
    expect(runner.getState()).toMatchObject({ status: { state: 'done' }, stale: false, result: { values: { sum: 6 } } })
  })

  it('follows each edit, and a quick one on the page’s thread is never shown as stale', async () => {
    const { experiments, runner } = setUp(tallyPanel())
    runner.want()
    await settled()
    const stale: boolean[] = []
    runner.subscribe((state) => stale.push(state.stale))
    experiments.edit({ factor: 3 })
    await settled()
    expect(sumOf(runner.getState().result)).toBe(18)
    expect(stale).not.toContain(true)
  })

  it('shows a first result on the page’s thread as it is, while finer ones take their time', async () => {
    const slow: Awaited<ReturnType<AnyPanel['compute']>> = async function* ({ factor }) {
      yield answer(Number(factor))
      await new Promise((resolve) => setTimeout(resolve, 120))
      yield answer(10 * Number(factor))
    }
    const { experiments, runner } = setUp(tallyPanel({ compute: async () => slow }))
    runner.want()
    await vi.waitFor(() => expect(sumOf(runner.getState().result)).toBe(10))
    const states: unknown[] = []
    runner.subscribe(({ stale, status }) => states.push(stale || status.state === 'running'))
    experiments.edit({ factor: 2 })
    await vi.waitFor(() => expect(sumOf(runner.getState().result)).toBe(20))
    expect(states).not.toContain(true)
  })

  it('is stale from an edit until its own answer, while it runs elsewhere', async () => {
    const { calls, parts, panel } = elsewhere()
    const { experiments, runner } = setUp(panel, parts)
    runner.want()
    calls[0]!.give(6)
    calls[0]!.end()
    await settled()
    expect(runner.getState()).toMatchObject({ stale: false, status: { state: 'done' } })
    experiments.edit({ factor: 2 })
    expect(runner.getState()).toMatchObject({ stale: true, status: { state: 'running' }, result: answer(6) })
    calls[1]!.give(12)
    await settled()
    expect(runner.getState()).toMatchObject({ stale: false, result: answer(12) })
  })

  it('drops the answer to an older experiment, and its signal has fired', async () => {
    const { calls, parts, panel } = elsewhere()
    const { experiments, runner } = setUp(panel, parts)
    runner.want()
    await settled()
    experiments.edit({ factor: 2 })
    await settled()
    expect(calls[0]!.options.signal.aborted).toBe(true)
    calls[1]!.give(12)
    await settled()
    calls[0]!.give(6)
    await settled()
    expect(runner.getState().result).toEqual(answer(12))
    expect(calls.map(({ experiment }) => experiment['factor'])).toEqual([1, 2])
  })

  it('shows progress in words, keeps partial results on stop, and runs again when asked', async () => {
    const { calls, parts, panel } = elsewhere()
    const { runner } = setUp(panel, parts)
    runner.want()
    await settled()
    calls[0]!.options.progress(0.25, 'adding')
    expect(runner.getState().status).toEqual({ state: 'running', fraction: 0.25, doing: 'adding' })
    calls[0]!.give(3)
    await settled()
    runner.stop()
    calls[0]!.options.progress(0.5, 'adding')
    await settled()
    expect(runner.getState()).toMatchObject({ status: { state: 'idle' }, result: answer(3) })
    runner.rerun()
    await settled()
    expect(calls.length).toBe(2)
  })

  it('paused holds what comes, gives one result a step, and goes on when let; a new run is not held', async () => {
    const { calls, parts, panel } = elsewhere()
    const { experiments, runner } = setUp(panel, parts)
    const shown = async () => {
      await settled()
      return sumOf(runner.getState().result)
    }
    runner.want()
    await settled()
    calls[0]!.give(1)
    expect(await shown()).toBe(1)
    runner.pause(true)
    expect(calls[0]!.options.hold.held()).toBe(true)
    // The first to come was asked for before the pause.
    for (const sum of [2, 3, 4]) calls[0]!.give(sum)
    expect([await shown(), runner.getState().paused]).toEqual([2, true])
    runner.advance()
    expect([await shown(), calls[0]!.options.hold.held()]).toEqual([3, true])
    runner.pause(false)
    expect([await shown(), runner.getState().paused]).toEqual([4, false])
    runner.pause(true)
    experiments.edit({ factor: 2 })
    await settled()
    expect(calls[1]!.options.hold.held()).toBe(false)
    expect(runner.getState().paused).toBe(false)
  })

  it('that is over cannot be paused', async () => {
    const { runner } = setUp(tallyPanel())
    runner.want()
    await settled()
    runner.pause(true)
    expect(runner.getState()).toMatchObject({ paused: false, status: { state: 'done' } })
  })

  it('that fails says why and keeps the last result', async () => {
    const { calls, parts, panel } = elsewhere()
    const { experiments, runner } = setUp(panel, parts)
    runner.want()
    calls[0]!.give(6)
    await settled()
    experiments.edit({ factor: 2 })
    await settled()
    calls[1]!.fail(new Error('tally: no more numbers'))
    await settled()
    expect(runner.getState()).toMatchObject({
      status: { state: 'failed', message: 'tally: no more numbers' },
      result: answer(6),
      stale: true,
    })
  })

  it('that fails at once on the page’s thread leaves the last result marked as an older one', async () => {
    const panel = tallyPanel()
    const answers = await panel.compute()
    const compute: AnyPanel['compute'] = async () =>
      async function* (experiment, context) {
        if (experiment['factor'] === 2) throw new Error('tally: two is bad')
        yield* answers(experiment, context)
      }
    const { experiments, runner } = setUp(tallyPanel({ compute }))
    runner.want()
    await settled()
    experiments.edit({ factor: 2 })
    await settled()
    expect(runner.getState()).toMatchObject({
      status: { state: 'failed' },
      stale: true,
      result: { values: { sum: 6 } },
    })
    experiments.edit({ factor: 3 })
    await settled()
    expect(runner.getState()).toMatchObject({
      status: { state: 'done' },
      stale: false,
      result: { values: { sum: 18 } },
    })
  })

  it('of code that cannot be loaded fails with the reason, and a rerun loads again', async () => {
    const compute = vi.fn<AnyPanel['compute']>().mockRejectedValueOnce(new Error('offline'))
    const panel = tallyPanel()
    compute.mockImplementation(() => panel.compute())
    const { runner } = setUp(tallyPanel({ compute }))
    runner.want()
    await settled()
    expect(runner.getState().status).toEqual({ state: 'failed', message: 'offline' })
    runner.rerun()
    await settled()
    expect(sumOf(runner.getState().result)).toBe(6)
  })

  it('does not run again where only the view’s own field changes, and says what is seen there now', async () => {
    const { calls, parts, panel } = elsewhere()
    const viewOnly: AnyPanel['viewOnly'] = {
      fields: ['note'],
      describe:
        async () =>
        (experiment, { values }) => ({
          sentence: `${JSON.stringify(experiment['note'])}: ${JSON.stringify(values['sum'])}`,
          values: { ...values, note: JSON.stringify(experiment['note']) },
        }),
    }
    const { experiments, runner } = setUp({ ...panel, viewOnly }, parts)
    runner.want()
    calls[0]!.give(6)
    await settled()
    experiments.edit({ note: 'loud' })
    await settled()
    expect(runner.getState()).toMatchObject({
      stale: false,
      result: { sentence: '"loud": 6', values: { sum: 6, note: '"loud"' } },
    })
    calls[0]!.give(7)
    await settled()
    expect(runner.getState().result).toEqual({ sentence: '"loud": 7', values: { sum: 7, note: '"loud"' } })
    expect(calls.length).toBe(1)
    experiments.edit({ note: 'soft', factor: 2 })
    await settled()
    expect(calls.map(({ experiment }) => experiment['factor'])).toEqual([1, 2])
  })

  it('is held between results while nobody wants it, and goes on where it was', async () => {
    const { calls, parts, panel } = elsewhere()
    const { runner } = setUp(panel, parts)
    const release = runner.want()
    await settled()
    release()
    expect(calls[0]!.options.hold.held()).toBe(true)
    calls[0]!.give(1)
    calls[0]!.give(2)
    await settled()
    expect(runner.getState().result).toEqual(answer(1))
    runner.want()
    await settled()
    expect(runner.getState().result).toEqual(answer(2))
    expect(calls.length).toBe(1)
  })

  it('waits with an edit that nobody sees, and then runs the newest one alone', async () => {
    const { calls, parts, panel } = elsewhere()
    const { experiments, runner } = setUp(panel, parts)
    runner.want()()
    await settled()
    experiments.edit({ factor: 2 })
    experiments.edit({ factor: 3 })
    await settled()
    expect(calls.length).toBe(1)
    runner.want()
    await settled()
    expect(calls.map(({ experiment }) => experiment['factor'])).toEqual([1, 3])
  })

  it('lists the tables that the experiment names and this browser does not have', async () => {
    const here = `data-${'0'.repeat(32)}`
    const gone = `data-${'1'.repeat(32)}`
    const table = { key: here, name: 'a.csv', rows: 1, cols: 1, values: Float64Array.of(1) }
    const find = async (key: string) => (key === here ? table : null)
    const { experiments, runner } = setUp(tallyPanel(), { data: { ...bareSurroundings().data, find } })
    runner.want()
    experiments.edit({
      parts: [
        { id: here, share: 1 },
        { id: gone, share: 1 },
      ],
    })
    await settled()
    expect(runner.getState().missing).toEqual([gone])
  })
})
