import { normalizers } from '../../src/math/normalizers/index.ts'
import { resolveParams } from '../../src/math/normalizers/params.ts'
import { alternate } from './alternate.ts'
import { normalLogits } from './logits.ts'
import type { Table } from './table.ts'

const sizes = [32, 1000, 50_257]
const rounds = 7
/** At least this many entries a measurement: a clock of microseconds is too coarse for one row of 32. */
const enough = 200_000

/** What one step of a drag costs: every variant of the registry, at its defaults, on one row. */
export async function drag(): Promise<Table[]> {
  const costs = new Map<string, string[]>(normalizers.map(({ id }) => [id, []]))
  const totals: string[] = []
  for (const n of sizes) {
    const x = normalLogits(n, 2)
    const times = Math.ceil(enough / n)
    const found = await alternate([...costs.keys()], rounds, (id) => {
      const entry = normalizers.find((known) => known.id === id)!
      const params = resolveParams(id, entry.params, {})
      const before = performance.now()
      for (let i = 0; i < times; i++) entry.forward(x, params)
      return (performance.now() - before) / times
    })
    for (const [id, { cost }] of found) costs.get(id)!.push(cost.toFixed(3))
    totals.push([...found.values()].reduce((total, { cost }) => total + cost, 0).toFixed(3))
  }
  return [
    {
      title: `The drag: all ${normalizers.length} variants on one row, milliseconds`,
      note: `wall time in Node; medians of ${rounds} rounds in alternating order; a frame has 16 ms for script and drawing`,
      head: ['', ...sizes.map((n) => `n = ${n}`)],
      rows: [...[...costs].map(([id, row]) => [id, ...row]), ['all', ...totals]],
    },
  ]
}
