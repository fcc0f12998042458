import { describe, expect, it } from 'vitest'
import { bytesSource } from '../../src/models/readers/byteSource.ts'
import { layerLimit, layerOf } from '../../src/panels/argmaxGeometry/layer.ts'
import { defaults } from '../../src/panels/argmaxGeometry/experiment.ts'
import { bringMatrix } from '../../src/panels/bringMatrix.ts'
import { noMatrix } from '../../src/panels/matrixFields.ts'
import { readMatrix } from '../../src/panels/matrixSource.ts'
import { rankLimit } from '../../src/panels/rank/limit.ts'
import { readTable } from '../../src/panels/readTable.ts'
import { npyBytes } from '../models/readers/npyBytes.ts'

const keeper = { readTable, keepFile: async (_: Blob, name: string) => `key of ${name}` }
const bring = (content: string | Uint8Array<ArrayBuffer>, name: string, limit = rankLimit) =>
  bringMatrix([new File([content], name)], noMatrix, keeper, limit)

describe('a JSON object that is no matrix', () => {
  it('with a model_type is named, and told what it was taken for and what would be right', async () => {
    await expect(bring('{"model_type": "gpt2", "layers": 2}', 'tiny.json')).rejects.toThrow(
      'tiny.json: a JSON object with "model_type" is taken for a model’s config.json, which holds no matrix. Open it together with the model’s weights, or bring rows of numbers: [[1, 2], [3, 4]].',
    )
  })

  it('is not taken in silence for the config of a table that was there', async () => {
    const fields = await bringMatrix(
      [new File(['{"model_type": "gpt2"}'], 'tiny.json')],
      { ...noMatrix, file: 'own.csv' },
      keeper,
      rankLimit,
    )
    const find = async (reference: string) => {
      const name = reference.replace('key of ', '')
      return { name, source: bytesSource(new TextEncoder().encode('1,2\n3,4\n')) }
    }
    await expect(readMatrix(fields, 'own.csv', find, rankLimit)).rejects.toThrow(
      'own.csv: numbers in a table need no config, and tiny.json was opened beside them. Open one alone.',
    )
  })

  it('nor when both are brought together', async () => {
    const files = [new File(['{"model_type": "gpt2"}'], 'tiny.json'), new File(['1,2\n3,4\n'], 'own.csv')]
    await expect(bringMatrix(files, noMatrix, keeper, rankLimit)).rejects.toThrow(/^own\.csv: .* tiny\.json was opened/)
  })

  it('without one at its top is told which fields it has', async () => {
    await expect(bring('{"model": {"model_type": "BPE"}, "version": "1.0"}', 'own.json')).rejects.toThrow(
      /^own\.json: found "model", "version"\. Put the numbers in one of/,
    )
  })

  it('that breaks off is told where', async () => {
    await expect(bring('{"model_type": "gpt2", "W": [[1, 2', 'cut.json')).rejects.toThrow(/^cut\.json, line 1/)
  })
})

describe('a matrix of one column, or an array of one dimension', () => {
  const numbers = (shape: string) =>
    Uint8Array.from(
      npyBytes(
        Float64Array.from({ length: 30 }, (_, i) => i),
        { descr: '<f8', shape },
      ),
    )

  it('is refused as what it is', async () => {
    await expect(bring(numbers('(30,)'), 'v.npy')).rejects.toThrow('v.npy: the array is 1-D: 30 numbers.')
    await expect(bring(numbers('(1, 30)'), 'v.npy')).rejects.toThrow('v.npy is 1 × 30: one row.')
    await expect(bring(numbers('(30, 1)'), 'v.npy')).rejects.toThrow(
      'v.npy is 30 × 1: one column. A matrix here needs at least 2 rows and 2 columns.',
    )
  })

  it('of one column is a layer of hidden size 1; of one row it is none', async () => {
    expect(await bring(numbers('(30, 1)'), 'v.npy', layerLimit)).toMatchObject({ file: 'key of v.npy', rows: null })
    const find = async (name: string) => ({ name, source: bytesSource(numbers('(30, 1)')) })
    const { tokens } = await layerOf({ ...defaults, file: 'v.npy', biasSeed: null }, find)
    expect([tokens.count, tokens.dimension]).toEqual([30, 1])
    await expect(bring(numbers('(1, 30)'), 'v.npy', layerLimit)).rejects.toThrow(/at least 2 rows\.$/)
  })
})
