import { noMatrix } from '../matrixFields.ts'
import { rowOf, type Matrix } from '../../math/linalg/matrix.ts'
import type { ArgmaxGeometryExperiment } from './experiment.ts'

type Patch = Partial<ArgmaxGeometryExperiment>

/** A random layer, in place of whatever there was. */
export const withRandom = (patch: Pick<Patch, 'vocabulary' | 'd' | 'seed' | 'biasSeed'>): Patch => ({
  ...noMatrix,
  W: null,
  b: null,
  names: null,
  token: null,
  h: null,
  ...patch,
})

/** A layer from a file, in place of whatever there was. */
export const withFile = (fields: typeof noMatrix): Patch => ({
  ...fields,
  W: null,
  b: null,
  biasSeed: null,
  names: null,
  token: null,
  h: null,
})

/** A layer that is written out, in place of whatever there was. */
export const withRows = (rows: Matrix & { readonly rowNames?: readonly string[] }): Patch => ({
  ...withFile(noMatrix),
  W: Array.from({ length: rows.rows }, (_, r) => [...rowOf(rows, r)]),
  names: rows.rowNames ? [...rows.rowNames] : null,
})
