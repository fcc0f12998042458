import type { ViteDevServer } from 'vite'
import { alternate } from './alternate.ts'
import { openPage } from './browser.ts'
import type { HeatmapBench } from './page/heatmap.ts'
import type { Table } from './table.ts'

const rounds = 7

// In the page.
declare const bench: HeatmapBench

/** One update of a heat map of 256 × 256: pixels of a canvas against 65,536 SVG rectangles. */
export async function heatmap(vite: ViteDevServer): Promise<Table[]> {
  const { page, close } = await openPage(vite, 'heatmap.ts')
  try {
    const times = { canvas: 20, svg: 1 } as const
    const ways = Object.keys(times) as (keyof typeof times)[]
    const found = await alternate(ways, rounds, (name) => {
      const way = name as keyof typeof times
      return page.evaluate(([which, count]) => bench.run(which, count), [way, times[way]] as const)
    })
    return [
      {
        title: 'A heat map of 256 × 256, one update',
        note: `wall time of the script in the page, without layout and drawing; medians of ${rounds} rounds in alternating order`,
        head: ['', 'ms', '/ canvas'],
        rows: ways.map((way) => {
          const { cost, ratio } = found.get(way)!
          return [
            way === 'canvas' ? 'canvas, putImageData' : 'SVG, fill of each rect',
            cost.toFixed(2),
            ratio('canvas').toFixed(0),
          ]
        }),
      },
    ]
  } finally {
    await close()
  }
}
