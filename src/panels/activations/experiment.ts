import * as v from 'valibot'
import { normalizerById, normalizers } from '../../math/normalizers/index.ts'
import { resolveParams, type ParamValues } from '../../math/normalizers/params.ts'

/** Above this a row is not written out in an experiment: it is generated, or data with a key. */
export const maxExplicit = 4096
export const maxEntries = 1_000_000
const maxVariants = 64
export const maxNameLength = 60

const finite = (what: string) => v.pipe(v.number(`${what} must be a number`), v.finite(`${what} must be finite`))
const whole = (what: string, low: number, high: number) =>
  v.pipe(
    v.number(`${what} must be a number`),
    v.check(
      (value) => Number.isInteger(value) && value >= low && value <= high,
      `${what} must be a whole number from ${low} to ${high}`,
    ),
  )
const above0 = (what: string) =>
  v.pipe(
    finite(what),
    v.check((value) => value > 0, `${what} must be above 0`),
  )

/** What a nested mapping may hold, said in one sentence. */
const fieldsOnly = (fields: string) => (issue: v.StrictObjectIssue) =>
  issue.expected === 'never' ? `there is no such field; it has ${fields}` : `it must be a mapping with ${fields}`

const variantFields = v.object(
  {
    id: v.optional(v.string('it must be a text')),
    normalizer: v.optional(v.string('it must be a text')),
    params: v.optional(v.record(v.string(), v.unknown()), {}),
  },
  'each variant is an id, such as softmax, or a mapping with id and params',
)

/** One normalizer at work in the panel. */
export interface VariantSetting {
  /** Names it in links and text; unique in its panel. */
  readonly id: string
  /** Id in the normalizer registry; the same as `id`, but for the second of its kind. */
  readonly normalizer: string
  /** Every parameter, checked. */
  readonly params: ParamValues
}

const variants = v.pipe(
  v.array(
    v.union(
      [
        v.pipe(
          v.string(),
          v.transform((id) => ({ id, normalizer: undefined, params: {} })),
        ),
        variantFields,
      ],
      (issue) =>
        issue.issues?.at(-1)?.message ?? 'each variant is an id, such as softmax, or a mapping with id and params',
    ),
    'variants must be a list',
  ),
  v.maxLength(maxVariants, `at most ${maxVariants} variants fit`),
  v.rawTransform(({ dataset, addIssue, NEVER }): VariantSetting[] => {
    const out: VariantSetting[] = []
    let sound = true
    const refuse = (index: number, message: string) => {
      sound = false
      const path = {
        type: 'array',
        origin: 'value',
        input: dataset.value,
        key: index,
        value: dataset.value[index],
      } as const
      addIssue({ message, path: [path] })
    }
    for (const [index, given] of dataset.value.entries()) {
      const normalizer = given.normalizer ?? given.id
      const entry = normalizer === undefined ? undefined : normalizerById(normalizer)
      if (entry === undefined) {
        refuse(
          index,
          `there is no variant ${JSON.stringify(normalizer ?? '')}; there are ${normalizers.map(({ id }) => id).join(', ')}`,
        )
        continue
      }
      try {
        const params = resolveParams(entry.id, entry.params, given.params)
        out.push({ id: freeId(given.id ?? entry.id, out), normalizer: entry.id, params })
      } catch (error) {
        refuse(index, error instanceof Error ? error.message : String(error))
      }
    }
    return sound ? out : NEVER
  }),
)

/** `entmax`, or `entmax-2` where that is taken. */
export function freeId(wanted: string, taken: readonly { readonly id: string }[]): string {
  const isTaken = (id: string) => taken.some((each) => each.id === id)
  let id = wanted
  for (let i = 2; isTaken(id); i++) id = `${wanted}-${i}`
  return id
}

const gaussian = v.strictObject(
  {
    kind: v.literal('gaussian', 'kind must be gaussian'),
    n: whole('n', 1, maxEntries),
    seed: whole('seed', 0, 2 ** 32 - 1),
    /** Standard deviation; the mean is 0. */
    sd: above0('sd'),
  },
  fieldsOnly('kind, n, seed, sd'),
)

const data = v.strictObject(
  {
    key: v.string('key must be a text'),
    /** Of the file, or `pasted`. */
    name: v.string('name must be a text'),
    /** Which row is shown, from 0. */
    row: whole('row', 0, 2 ** 31),
    rows: whole('rows', 1, 2 ** 31),
    cols: whole('cols', 1, maxEntries),
  },
  fieldsOnly('key, name, row, rows, cols'),
)

const fields = v.object({
  logits: v.optional(
    v.pipe(
      v.array(finite('a logit'), 'logits must be a list of numbers'),
      v.maxLength(maxExplicit, `at most ${maxExplicit} logits can be written out; drop a file for more`),
    ),
    () => [],
  ),
  /** Of the entries, in their order; fewer than logits leave the rest numbered. */
  names: v.optional(
    v.array(
      v.pipe(
        v.string('a name must be a text'),
        v.maxLength(maxNameLength, `a name has at most ${maxNameLength} characters`),
      ),
      'names must be a list of texts',
    ),
    () => [],
  ),
  /** Indices of entries that are dropped, from 0. */
  masked: v.optional(v.array(whole('a masked index', 0, maxEntries - 1), 'masked must be a list of indices'), () => []),
  /** Stands before `logits` if it is not null. */
  generate: v.optional(v.nullable(gaussian), null),
  /** Stands before `generate` and `logits` if it is not null. */
  data: v.optional(v.nullable(data), null),
  /** Multiplies every logit. */
  scale: v.optional(above0('scale'), 1),
  /** Added to every logit, after `scale`. */
  shift: v.optional(finite('shift'), 0),
  variants: v.optional(variants, () => []),
  /** Id of the variant that the others are compared with. */
  reference: v.optional(v.nullable(v.string('reference must be the id of a variant, or null')), null),
  layout: v.optional(v.picklist(['multiples', 'overlaid'], 'layout must be multiples or overlaid'), 'multiples'),
  /** Whether the same row also goes through the kernels of the GPU. */
  gpu: v.optional(v.boolean('gpu must be true or false'), false),
})

export const schema = v.pipe(
  fields,
  v.transform((experiment) => ({ ...experiment, masked: [...new Set(experiment.masked)].sort((a, b) => a - b) })),
  v.forward(
    v.check(
      ({ names, ...source }) => names.length <= entriesOf(source),
      ({ input: { names, ...source } }) =>
        `there are ${names.length} names for ${entriesOf(source)} logits; a name belongs to a logit`,
    ),
    ['names'],
  ),
  v.forward(
    v.check(
      ({ masked, ...source }) => masked.every((index) => index < entriesOf(source)),
      ({ input }) => `the indices must be below ${entriesOf(input)}, the number of logits`,
    ),
    ['masked'],
  ),
  v.forward(
    v.check(
      ({ data }) => data === null || data.row < data.rows,
      ({ input }) => `row is ${input.data?.row}; the table has ${input.data?.rows}, counted from 0`,
    ),
    ['data'],
  ),
  v.forward(
    v.check(
      ({ reference, variants }) => reference === null || variants.some(({ id }) => id === reference),
      ({ input }) =>
        `there is no variant ${JSON.stringify(input.reference)} here; there are ${input.variants.map(({ id }) => id).join(', ')}`,
    ),
    ['reference'],
  ),
)

export type ActivationsExperiment = v.InferOutput<typeof schema>

type Source = Pick<v.InferOutput<typeof fields>, 'logits' | 'generate' | 'data'>

/** How many entries the row has, wherever it comes from. */
export const entriesOf = ({ logits, generate, data }: Source): number => data?.cols ?? generate?.n ?? logits.length

/** The panel as it first opens. Its logits have no names, since names would outlive the logits that a notebook writes. */
export const defaults: ActivationsExperiment = v.parse(schema, {
  logits: [2.1, 1.6, 0.9, 0.2, -0.4, -1.3],
  variants: ['softmax', 'ssmax', 'sparsemax', 'entmax', 'softpick', 'softmax-n'],
})

/** Above this many weights a run leaves the page's thread. */
const weightsInFrame = 50_000

export const fitsInFrame = (experiment: ActivationsExperiment): boolean =>
  !experiment.gpu && entriesOf(experiment) * experiment.variants.length <= weightsInFrame
