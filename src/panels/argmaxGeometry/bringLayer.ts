import { bringMatrix, type Keeper } from '../bringMatrix.ts'
import { checkEntries, checkSides } from '../matrixSource.ts'
import { pastedName } from '../pastedName.ts'
import type { ArgmaxGeometryExperiment } from './experiment.ts'
import { withFile, withRows } from './fresh.ts'
import { layerLimit } from './layer.ts'

/** A pasted layer of so few tokens in a plane or in space is written out: it is in the link, and can be dragged. */
const mostWritten = { tokens: 100, dimensions: 3, bytes: 2 ** 14 }

/**
 * What puts a layer that a person brought in place of the one there.
 * @throws an error that says what is wrong, and where
 */
export async function bringLayer(
  files: readonly File[],
  before: ArgmaxGeometryExperiment,
  keeper: Keeper,
): Promise<Partial<ArgmaxGeometryExperiment>> {
  const [text] = files
  if (text?.name === pastedName && text.size <= mostWritten.bytes) {
    const table = await keeper.readTable(text, text.name)
    if (table.rows <= mostWritten.tokens && table.cols <= mostWritten.dimensions) {
      checkSides(text.name, table, layerLimit)
      checkEntries(text.name, table)
      return withRows(table)
    }
  }
  return withFile(await bringMatrix(files, before, keeper, layerLimit))
}
