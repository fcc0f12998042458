import type { Page } from 'playwright'
import type { ViteDevServer } from 'vite'
import { alternate } from './alternate.ts'
import { openPage } from './browser.ts'
import type { MlpBench } from './page/mlp.ts'
import { median, type Table } from './table.ts'

/** Of the page. */
declare const bench: MlpBench

const rounds = 7
/** Steps of one measurement, by engine: ours is over sooner. */
const steps: Readonly<Record<string, number>> = { ours: 400, cpu: 40, wasm: 40 }
const names: Readonly<Record<string, string>> = {
  ours: 'typed-array loops',
  cpu: 'tfjs-backend-cpu',
  wasm: 'tfjs-backend-wasm',
}
/** The best tfjs CPU backend must be at least this many times slower. */
const floor = 3
const readers = ['bin-fixed', 'bin-edges', 'bin-range', 'bin-width', 'ebab', 'kde-upper', 'kde-lower', 'akde-std']
const costly = ['akde-var', 'ross-knn', 'mbe', 'cs-qmi']

/** A step of the information plane's network against tfjs on the same numbers; an epoch; each estimator. */
export async function mlp(vite: ViteDevServer): Promise<Table[]> {
  const { page, close } = await openPage(vite, 'mlp.ts')
  try {
    const session = await page.context().newCDPSession(page)
    await session.send('Performance.enable', { timeDomain: 'threadTicks' })
    const clock = async () => {
      const { metrics } = await session.send('Performance.getMetrics')
      return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN)
    }
    const timed = async (work: () => Promise<unknown>) => {
      const before = await clock()
      await work()
      return (await clock()) - before
    }
    const run = (engine: string, count: number) =>
      page.evaluate(([name, times]) => bench.run(name, times), [engine, count] as const)
    const losses = new Map<string, number>()
    // Ten steps each from the same weights: what is compared must be the same computation.
    for (const engine of Object.keys(steps)) losses.set(engine, await run(engine, 10))
    for (const [engine, loss] of losses)
      if (!(Math.abs(loss - losses.get('ours')!) <= 1e-4))
        throw new Error(`bench: after nine steps the losses differ: ours ${losses.get('ours')}, ${engine} ${loss}`)
    const found = await alternate(
      Object.keys(steps),
      rounds,
      async (engine) => (await timed(() => run(engine, steps[engine]!))) / steps[engine]!,
    )
    const best = Math.min(...['cpu', 'wasm'].map((engine) => found.get(engine)!.ratio('ours')))
    const verdict = `${best >= floor ? 'above' : 'BELOW'} the floor of ${floor} times against the best of tfjs`
    const spread = [...losses].map(([engine, loss]) => `${engine} ${loss.toFixed(6)}`).join(', ')

    return [
      {
        title: 'Training, a step: 12-10-7-5-4-3-2, tanh, batch 256, Adam',
        note: `CPU time of the page's thread; medians of ${rounds} rounds in alternating order; losses after nine steps: ${spread}; ${verdict}`,
        head: ['', 'ms a step', 'ours is faster by'],
        rows: Object.keys(steps).map((engine) => {
          const { cost, ratio } = found.get(engine)!
          return [names[engine]!, cost.toFixed(3), engine === 'ours' ? '' : `${ratio('ours').toFixed(1)} times`]
        }),
      },
      ...(await panelCosts(page, timed)),
    ]
  } finally {
    await close()
  }
}

/** What the panel pays beside the step: an epoch, and each estimator at a log point. */
async function panelCosts(page: Page, timed: (work: () => Promise<unknown>) => Promise<number>): Promise<Table[]> {
  await page.evaluate(() => bench.epochs(5))
  const epochs: number[] = []
  for (let i = 0; i < 5; i++) epochs.push((await timed(() => page.evaluate(() => bench.epochs(20)))) / 20)
  const readings: string[][] = []
  for (const id of [...readers, ...costly]) {
    const samples = await page.evaluate((name) => bench.read(name), id)
    const costs: number[] = []
    for (let i = 0; i < 3; i++) costs.push(await timed(() => page.evaluate((name) => bench.read(name), id)))
    readings.push([id, String(samples), median(costs).toFixed(1)])
  }
  return [
    {
      title: 'An epoch of the information plane at its defaults: SGD, batch 32, 3482 patterns',
      note: "CPU time of the page's thread; median of 5 runs of 20 epochs",
      head: ['', 'ms an epoch'],
      rows: [['typed-array loops', median(epochs).toFixed(2)]],
    },
    {
      title: 'A log point of the information plane: six layers, true and shuffled labels',
      note: "CPU time of the page's thread; median of 3; an untrained network, whose states are the most",
      head: ['estimator', 'samples', 'ms'],
      rows: readings,
    },
  ]
}
