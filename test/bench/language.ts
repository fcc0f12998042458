import type { ViteDevServer } from 'vite'
import type { RungId } from '../../src/engine/contract.ts'
import { alternate } from './alternate.ts'
import { openPage } from './browser.ts'
import type { LanguageBench } from './page/language.ts'
import type { Table } from './table.ts'

/** Of the page. */
declare const bench: LanguageBench

const rounds = 3
const engines: Readonly<Record<RungId, string>> = {
  cpu: 'TypeScript float64',
  wasm: 'WASM SIMD products, float32',
  webgpu: 'WebGPU, float32',
}

/** A forward pass of 64 tokens through two models of GPT-2's kind, on each rung of the ladder. */
export async function language(vite: ViteDevServer): Promise<Table[]> {
  const { page, close } = await openPage(vite, 'language.ts')
  try {
    const { device, models } = await page.evaluate(() => ({ device: bench.device, models: bench.models }))
    const tables: Table[] = []
    for (const [model, parameters] of Object.entries(models)) {
      const found = await alternate(Object.keys(engines), rounds, (engine) =>
        page.evaluate(([name, id]) => bench.run(name, id), [model, engine as RungId] as const),
      )
      tables.push({
        title: `Forward pass of a language model, 64 tokens, ${parameters.toLocaleString('en')} weights`,
        note: `wall time in the page, read-back included; medians of ${rounds} rounds in alternating order; WebGPU is ${device}`,
        head: ['', 'ms a pass', 'times float64'],
        rows: Object.entries(engines).map(([id, name]) => {
          const { cost, ratio } = found.get(id)!
          return [name, cost.toFixed(0), ratio('cpu').toFixed(2)]
        }),
      })
    }
    return tables
  } finally {
    await close()
  }
}
