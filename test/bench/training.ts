import type { ViteDevServer } from 'vite'
import { alternate } from './alternate.ts'
import { openPage } from './browser.ts'
import type { TrainingBench } from './page/training.ts'
import type { Table } from './table.ts'

/** Of the page. */
declare const bench: TrainingBench

const rounds = 5
/** Steps of one measurement: ours is over sooner. */
const steps: Readonly<Record<string, number>> = { ours: 8, tfjs: 2 }

/** A step of a two-layer transformer: our SIMD loops against tfjs's WASM backend, on the same weights and batch. */
export async function training(vite: ViteDevServer): Promise<Table[]> {
  const { page, close } = await openPage(vite, 'training.ts')
  try {
    const session = await page.context().newCDPSession(page)
    await session.send('Performance.enable', { timeDomain: 'threadTicks' })
    const clock = async () => {
      const { metrics } = await session.send('Performance.getMetrics')
      return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN)
    }
    const run = (engine: string, count: number) =>
      page.evaluate(([name, times]) => bench.run(name, times), [engine, count] as const)
    // Two steps each from the same weights: what is compared must be the same computation.
    const losses = { ours: await run('ours', 2), tfjs: await run('tfjs', 2) }
    if (!(Math.abs(losses.ours - losses.tfjs) <= 1e-3))
      throw new Error(`bench: after a step the losses differ: ours ${losses.ours}, tfjs ${losses.tfjs}`)
    const found = await alternate(Object.keys(steps), rounds, async (engine) => {
      const before = await clock()
      await run(engine, steps[engine]!)
      return ((await clock()) - before) / steps[engine]!
    })
    const parameters = await page.evaluate(() => bench.parameters)
    return [
      {
        title: 'Training, a step: 2 layers, width 64, 4 heads, MLP 256, 64 tokens, vocabulary 64, batch 32, Adam',
        note: `CPU time of the page's thread; medians of ${rounds} rounds in alternating order; ${parameters} parameters; losses after a step: ours ${losses.ours.toFixed(5)}, tfjs ${losses.tfjs.toFixed(5)}`,
        head: ['', 'ms a step', 'ours is faster by'],
        rows: Object.keys(steps).map((engine) => {
          const { cost, ratio } = found.get(engine)!
          const name = engine === 'ours' ? 'WASM SIMD loops' : 'tfjs-backend-wasm'
          return [name, cost.toFixed(1), engine === 'ours' ? '' : `${ratio('ours').toFixed(1)} times`]
        }),
      },
    ]
  } finally {
    await close()
  }
}
