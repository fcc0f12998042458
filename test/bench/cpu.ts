import { normalizerById } from '../../src/math/normalizers/index.ts'
import { resolveParams, type ParamValues } from '../../src/math/normalizers/params.ts'
import { alternate } from './alternate.ts'
import { normalLogits } from './logits.ts'
import type { Table } from './table.ts'

/** The same 1,048,576 logits as long rows, short rows and one row. */
const shapes = [
  { rows: 256, cols: 4096 },
  { rows: 8192, cols: 128 },
  { rows: 1, cols: 1_048_576 },
]
const rounds = 5

const maps: readonly (readonly [id: string, given: ParamValues])[] = [
  ['softmax', {}],
  ['sparsemax', {}],
  ['entmax', { alpha: 1.5 }],
  ['entmax', { alpha: 1.25 }],
]

/** The float64 functions on one thread of Node, on logits stored as float64 and as float32. */
export async function cpu(): Promise<Table[]> {
  const wide = normalLogits(1_048_576, 1)
  const stores = { float64: wide, float32: Float32Array.from(wide) }
  const runs = new Map<string, () => void>()
  for (const [id, given] of maps) {
    const entry = normalizerById(id)
    if (!entry) throw new Error(`bench: there is no ${id}`)
    const params = resolveParams(id, entry.params, given)
    for (const [store, x] of Object.entries(stores))
      for (const { rows, cols } of shapes)
        runs.set(`${id} ${JSON.stringify(given)}|${store}|${rows}`, () => {
          for (let r = 0; r < rows; r++) entry.forward(x.subarray(r * cols, (r + 1) * cols), params)
        })
  }
  const found = await alternate([...runs.keys()], rounds, (name) => {
    const before = process.cpuUsage()
    runs.get(name)?.()
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000
  })
  const nanoseconds = (name: string) => ((found.get(name)!.cost * 1e6) / 1_048_576).toFixed(1)
  return [
    {
      title: 'float64 functions in Node, nanoseconds an entry',
      note: `CPU time of the process, its garbage collection included; medians of ${rounds} rounds; ${wide.length} normal logits`,
      head: ['', 'logits stored as', ...shapes.map(({ rows, cols }) => `[${rows}, ${cols}]`)],
      rows: maps.flatMap(([id, given]) =>
        Object.keys(stores).map((store) => [
          `${id} ${JSON.stringify(given)}`,
          store,
          ...shapes.map(({ rows }) => nanoseconds(`${id} ${JSON.stringify(given)}|${store}|${rows}`)),
        ]),
      ),
    },
  ]
}
