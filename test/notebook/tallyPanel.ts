import * as v from 'valibot'
import { definePanel, type AnyPanel, type Compute, type PanelResult } from '../../src/panels/contract.ts'
import type { Engine } from '../../src/engine/contract.ts'
import type { Surroundings } from '../../src/notebook/surroundings.ts'

const schema = v.object({
  numbers: v.pipe(v.array(v.number()), v.minLength(1)),
  factor: v.pipe(v.number(), v.minValue(0), v.maxValue(10)),
  parts: v.array(v.object({ id: v.string(), share: v.number() })),
  note: v.string(),
})
export type Tally = v.InferOutput<typeof schema>

export const defaults: Tally = { numbers: [1, 2, 3], factor: 1, parts: [{ id: 'a', share: 0.5 }], note: 'plain' }

/** Sums its numbers, times a factor: a panel whose answers can be told by hand. */
const tallyCompute: Compute<Tally, PanelResult> = async function* ({ numbers, factor }) {
  const sum = factor * numbers.reduce((total, each) => total + each, 0)
  yield { sentence: `The sum is ${sum}.`, values: { sum, by: { a: sum / 2, b: sum / 4 }, numbers, word: 'sum' } }
}

export function tallyPanel(parts: Partial<Pick<AnyPanel, 'compute' | 'view' | 'fitsInFrame' | 'id'>> = {}): AnyPanel {
  const panel = definePanel<Tally, PanelResult>({
    id: 'tally',
    title: 'Tally',
    summary: 'Change a number and see the sum.',
    version: 2,
    sources: [],
    schema,
    defaults,
    presets: [],
    // Version 1 called the factor `times`.
    migrate({ times, ...rest }) {
      if (times === 'never') throw new Error('times was never')
      return times === undefined ? rest : { ...rest, factor: times }
    },
    fitsInFrame: () => true,
    compute: async () => tallyCompute,
    view: async () => () => null,
  })
  return { ...panel, ...parts }
}

const engine: Engine = {
  status: () => ({ choice: 'auto', running: 'cpu', rungs: [] }),
  subscribe: () => () => undefined,
  choose: () => undefined,
  rows: () => Promise.reject(new Error('no rows here')),
}

/** A page without a worker or storage. */
export function bareSurroundings(parts: Partial<Surroundings> = {}): Surroundings {
  return {
    engine,
    computeElsewhere: () => {
      throw new Error('nothing runs elsewhere here')
    },
    readTable: () => Promise.reject(new Error('no files here')),
    data: { keep: async () => ({ key: 'none', kept: 'this-visit' }), find: async () => null },
    files: { base: '', keep: async () => ({ key: 'none', kept: 'this-visit' }), find: async () => null },
    ...parts,
  }
}
