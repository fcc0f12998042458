import type { ViteDevServer } from 'vite'
import { cpu } from './cpu.ts'
import { drag } from './drag.ts'
import { heatmap } from './heatmap.ts'
import { kernels } from './kernels.ts'
import { language } from './language.ts'
import { mlp } from './mlp.ts'
import { printed, type Table } from './table.ts'
import { training } from './training.ts'

type Section = (vite: ViteDevServer) => Table[] | Promise<Table[]>

/** In the order they run. */
const sections: Readonly<Record<string, Section>> = { kernels, cpu, training, mlp, language, drag, heatmap }

/** Runs the sections named, or all of them, and prints what they found. @returns the exit status */
export async function bench(vite: ViteDevServer, names: readonly string[]): Promise<number> {
  const unknown = names.filter((name) => !(name in sections))
  if (unknown.length > 0) {
    console.error(`bench: there is no section ${unknown.join(', ')}; choose from ${Object.keys(sections).join(', ')}`)
    return 1
  }
  for (const [name, section] of Object.entries(sections)) {
    if (names.length > 0 && !names.includes(name)) continue
    for (const table of await section(vite)) console.log(printed(table))
  }
  return 0
}
