import { describe, expect, it } from 'vitest'
import type { DataTable } from '../../src/panels/contract.ts'
import { fromTable, wordsAsLabels } from '../../src/panels/informationPlane/dataset.ts'
import { bringSamples } from '../../src/panels/informationPlane/edits.ts'
import { settingsOf } from '../../src/panels/informationPlane/experiment.ts'
import { readTable } from '../../src/panels/readTable.ts'
import { run, short } from './planeRun.ts'

const table = (values: readonly (readonly number[])[]): DataTable => ({
  key: 'k',
  name: 'mine.csv',
  rows: values.length,
  cols: values[0]!.length,
  values: Float64Array.from(values.flat()),
})

describe('own data', () => {
  const good = table(Array.from({ length: 60 }, (_, i) => [i, i % 7, i % 3]))

  it('has whole labels in its last column and standardised features before it', () => {
    const { features, classes, inputs, labels } = fromTable(good)
    expect([features, classes, Array.from(labels.slice(0, 4))]).toEqual([2, 3, [0, 1, 2, 0]])
    const first = Array.from({ length: 60 }, (_, r) => inputs[2 * r]!)
    expect(first.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 9)
    expect(first.reduce((sum, value) => sum + value * value, 0) / 60).toBeCloseTo(1, 9)
  })

  it.each([3, 150, 4001])('of %i rows with 0.1 in each has a feature that stays 0', (rows) => {
    // The mean of 150 times 0.1 rounds: what is left of it is no spread.
    const { inputs } = fromTable(table(Array.from({ length: rows }, (_, i) => [0.1, i, i % 2])))
    const constant = Array.from({ length: rows }, (_, r) => inputs[2 * r]!)
    expect(constant.every((value) => value === 0)).toBe(true)
    expect(inputs[1]!).toBeLessThan(-1)
  })

  it('is trained on and its classes set the ceiling', async () => {
    const result = await run({ ...short, task: 'data', data: { key: 'k', name: 'mine.csv' } }, good)
    expect(result.widths).toEqual([2, 10, 7, 5, 4, 3, 3])
    expect(result.ceilings.H_Y).toBeCloseTo(Math.log2(3), 9)
  })

  it.each([
    [table([[1], [2]]), /has 1 column; it needs at least one feature/],
    [
      table([
        [1, 0.5],
        [2, 1],
      ]),
      /mine\.csv, row 1: the label is 0\.5; labels must be/,
    ],
    [
      table([
        [1, 4],
        [2, 4],
      ]),
      /has the same label in every row/,
    ],
    [table(Array.from({ length: 65 }, (_, i) => [1, i])), /has 65 different labels in its last column; at most 64/],
  ])('refuses %o and says why', async (bad, message) => {
    expect(() => fromTable(bad)).toThrow(message)
    const keepData = async () => 'kept'
    await expect(bringSamples(new Blob(['']), 'mine.csv', { readTable: async () => bad, keepData })).rejects.toThrow(
      message,
    )
  })

  it('may have its labels as words: three classes in the order of the alphabet, behind the features', async () => {
    const csv = 'a,b,kind\n1,0.5,oak\n2,0.25,ash\n3,1.5,oak\n4,2.5,elm\n'
    const read = await readTable(new Blob([csv]), 'trees.csv')
    const { cols, values, names } = wordsAsLabels(read)
    expect([cols, names]).toEqual([3, ['a', 'b', 'label']])
    expect(Array.from(values)).toEqual([1, 0.5, 2, 2, 0.25, 0, 3, 1.5, 2, 4, 2.5, 1])
  })

  it('that has words for labels is told apart by those words, not by their numbers', async () => {
    const csv = 'a,kind\n1,oak\n2,ash\n3,oak\n4,elm\n5,ash\n'
    const brought = await readTable(new Blob([csv]), 'trees.csv')
    const result = await run(
      { ...short, epochs: 1, task: 'data', data: { key: 'k', name: 'trees.csv' } },
      { ...brought, key: 'k' },
    )
    expect(result.drawnLabels.map((label) => result.classNames[label])).toEqual(['oak', 'ash', 'oak', 'elm', 'ash'])
  })

  it('that has whole numbers for labels is told apart by those numbers', () => {
    const rows = [7, -2, 7, 40].map((label, i) => [i, label])
    expect(fromTable(table(rows)).classNames).toEqual(['7', '-2', '40'])
  })

  it('has words that name each row once for ids, not for labels', async () => {
    const read = await readTable(new Blob(['id,a,b\nr1,1,0\nr2,2,1\nr3,3,0\n']), 'rows.csv')
    expect(wordsAsLabels(read)).toMatchObject({ cols: 2, names: ['a', 'b'] })
  })

  it('whose feature is missing or infinite is refused with its row and column', () => {
    expect(() =>
      fromTable(
        table([
          [1, 2, 0],
          [1, NaN, 1],
        ]),
      ),
    ).toThrow(/row 2: feature 2 is NaN; features must be finite/)
  })

  it('is told its mistakes by the line of its file, whether a cell is empty or holds no number to learn from', async () => {
    const read = async (csv: string) => fromTable(wordsAsLabels(await readTable(new Blob([csv]), 'mine.csv')))
    const advice = /line 5.*rite .*there, or leave (the|its) line out/
    await expect(read('# made by hand\na,b,class\n1,2,0\n\n3,,1\n')).rejects.toThrow(advice)
    await expect(read('# made by hand\na,b,class\n1,2,0\n\n3,nan,1\n')).rejects.toThrow(advice)
    await expect(read('a,class\n1,0\n\n3,0.5\n')).rejects.toThrow(/line 4: the label is 0\.5/)
    await expect(read('a,kind\n1,oak\ninf,ash\n3,oak\n')).rejects.toThrow(/line 3: feature 1 is Infinity/)
  })

  it('with a word of its own in every row is told that words must repeat, not that a feature is a bad label', async () => {
    const read = await readTable(new Blob(['a,b,kind\n1,-0.98,oak\n2,0.3,ash\n3,0.1,elm\n']), 'trees.csv')
    expect(() => wordsAsLabels(read)).toThrow(/trees\.csv has a different word in every row/)
  })

  it('with a constant column and five rows is trained and read, or says why not', async () => {
    const few = table([
      [1, 7, 0],
      [2, 7, 1],
      [3, 7, 0],
      [4, 7, 1],
      [5, 7, 1],
    ])
    const estimators = settingsOf('bin-fixed', 'ebab', 'kde-upper', 'ross-knn', 'mbe', 'cs-qmi')
    const { runs } = await run({ epochs: 2, task: 'data', data: { key: 'k', name: 'few.csv' }, estimators }, few)
    const readings = runs[0]!.epochs.flatMap(({ layers }) => layers.flatMap((layer) => Object.entries(layer)))
    expect(readings.filter(([, { I_TY, problem }]) => Number.isNaN(I_TY) !== (problem !== undefined))).toEqual([])
  })

  it('that this browser lacks fails with what to do', async () => {
    await expect(run({ task: 'data', data: { key: 'x', name: 'mine.csv' } })).rejects.toThrow(/does not have mine\.csv/)
    await expect(run({ task: 'data' })).rejects.toThrow(/drop a CSV file/)
  })
})
