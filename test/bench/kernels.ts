import type { ViteDevServer } from 'vite'
import { alternate } from './alternate.ts'
import { openPage } from './browser.ts'
import type { KernelBench } from './page/kernels.ts'
import type { Table } from './table.ts'

const softmax = 'softmax {"T":1}'
const quick = [
  'vec4 copy',
  'copy + exp',
  softmax,
  'log-softmax {}',
  'sparsemax {}',
  'entmax {"alpha":1.5}',
  'entmax {"alpha":1.25}',
  'entmax {"alpha":1.3}',
  'softpick {"eps":1e-8}',
  'sigmoid {"bias":"-log n"}',
  'top-k {"k":10}',
]
const peers = ['onnxruntime', 'tf.softmax']

/** The slow ones decide how many rounds a shape is given. */
const shapes = [
  { rows: 1024, cols: 4096, spread: 1, rounds: 5, times: 1 },
  { rows: 32768, cols: 128, spread: 1, rounds: 3, times: 1 },
  { rows: 1, cols: 1048576, spread: 1, rounds: 5, times: 4 },
]

// In the page.
declare const bench: KernelBench

/** Row kernels on WebGPU against a copy of the same bytes, tfjs and onnxruntime-web. */
export async function kernels(vite: ViteDevServer): Promise<Table[]> {
  const { page, clock, clockName, close } = await openPage(vite, 'kernels.ts')
  const tables: Table[] = []
  try {
    const { device, tuning } = await page.evaluate(() => ({
      device: bench.device,
      tuning: bench.tuning,
    }))
    for (const { rows, cols, spread, rounds, times } of shapes) {
      await page.evaluate(([r, c, s]) => bench.prepare(r, c, s), [rows, cols, spread] as const)
      const names = [...quick, ...peers]
      const found = await alternate(names, rounds, async (variant) => {
        const before = clock()
        await page.evaluate(([name, count]) => bench.run(name, count), [variant, times] as const)
        return (clock() - before) / times
      })
      tables.push({
        title: `Kernels, [${rows}, ${cols}] float32, normal logits of deviation ${spread}, on ${device}`,
        note: `${clockName}; medians of ${rounds} rounds in alternating order; tuned: ${tuning}`,
        head: ['', 'ms', '/ copy', '/ softmax', 'softmax is faster by'],
        rows: names.map((name) => {
          const { cost, ratio } = found.get(name)!
          return [
            name,
            cost.toFixed(2),
            ratio('vec4 copy').toFixed(2),
            ratio(softmax).toFixed(2),
            peers.includes(name) ? `${ratio(softmax).toFixed(1)} times` : '',
          ]
        }),
      })
    }
  } finally {
    await close()
  }
  return tables
}
