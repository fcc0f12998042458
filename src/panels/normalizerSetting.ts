import * as v from 'valibot'
import { normalizerById, normalizers } from '../math/normalizers/index.ts'
import { resolveParams, type ParamValues } from '../math/normalizers/params.ts'

/** A normalizer at work in a model. */
export interface NormalizerSetting {
  readonly id: string
  /** Every parameter, checked; those that a model learns start here. */
  readonly params: ParamValues
}

/** An id alone, or a mapping with id and params, which may leave out what has a default. */
export const normalizerSetting = v.pipe(
  v.union(
    [
      v.pipe(
        v.string(),
        v.transform((id) => ({ id, params: {} })),
      ),
      v.object({ id: v.string('id must be a text'), params: v.optional(v.record(v.string(), v.unknown()), {}) }),
    ],
    'a normalizer is an id, such as softmax, or a mapping with id and params',
  ),
  v.rawTransform(({ dataset, addIssue, NEVER }): NormalizerSetting => {
    const { id, params } = dataset.value
    const entry = normalizerById(id)
    if (!entry) {
      const ids = normalizers.map((each) => each.id).join(', ')
      addIssue({ message: `there is no normalizer ${JSON.stringify(id)}; there are ${ids}` })
      return NEVER
    }
    try {
      return { id, params: resolveParams(id, entry.params, params) }
    } catch (error) {
      addIssue({ message: error instanceof Error ? error.message : String(error) })
      return NEVER
    }
  }),
)

/** A normalizer at its defaults. */
export const settingOf = (id: string): NormalizerSetting => v.parse(normalizerSetting, id)
