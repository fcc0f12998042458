import * as v from 'valibot'
import { whole } from './fields.ts'

const file = (what: string) => v.optional(v.nullable(v.string(`${what} must name a file`)), null)

/** Half open, as in Python: `[0, 2048]` is 0 to 2047. */
const range = (what: string) =>
  v.optional(
    v.nullable(
      v.pipe(
        v.tuple(
          [whole(what, 0, 1e9), whole(what, 0, 1e9)],
          `${what} must be a list of two whole numbers: [first, end]`,
        ),
        v.check(([first, end]) => first < end, `${what} must begin before they end`),
      ),
    ),
    null,
  )

/** Fields of an experiment that name a matrix somebody brought; spread into a panel's schema. */
export const matrixFields = {
  /**
   * NPY, CSV, JSON or text, safetensors, or a `.bin` of llama2.c: the key of a file, an address or a path; null for none.
   */
  file: file('file'),
  /** A model's config.json, where `file` holds its weights and it lies beside them. */
  config: file('config'),
  /** Of a safetensors file; null is its only matrix, or the output layer of a model. */
  tensor: v.optional(v.nullable(v.string('tensor must be a name')), null),
  /** Which rows are taken, [first, end); null is all. */
  rows: range('rows'),
  /** Which columns are taken, [first, end); null is all. */
  columns: range('columns'),
}

const schema = v.object(matrixFields)
/** Where a matrix comes from. */
export type MatrixReference = v.InferOutput<typeof schema>

/** No matrix. */
export const noMatrix: MatrixReference = v.parse(schema, {})
