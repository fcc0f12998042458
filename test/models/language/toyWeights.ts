import { normalizerById } from '../../../src/math/normalizers/index.ts'
import { resolveParams, type ParamValue } from '../../../src/math/normalizers/params.ts'
import { rng } from '../../../src/math/random/rng.ts'
import { layoutOf, type TransformerConfig } from '../../../src/models/transformer/config.ts'
import { safetensorsBytes } from './safetensorsBytes.ts'

/** A transformer of two layers of two heads, 8 words and 6 tokens. */
export function toyConfig(id: string, params: Readonly<Record<string, ParamValue>> = {}): TransformerConfig {
  const normalizer = normalizerById(id)!
  const sizes = { vocabulary: 8, length: 6, width: 8, heads: 2, layers: 2, hidden: 0, positions: 'learned' } as const
  return { ...sizes, normalizer, params: resolveParams(id, normalizer.params, params) }
}

/**
 * Its file, and its parameters as the trainer lays them: float32, uniform within 1; `learned` are those of [layers, heads], `spoiled` the first
 * number of a tensor.
 */
export function toyFile(
  config: TransformerConfig,
  learned: readonly number[] = [],
  spoiled: Readonly<Record<string, number>> = {},
) {
  const draw = rng(5)
  const tensors = layoutOf(config)
  const last = tensors.at(-1)!
  const parameters = new Float64Array(last.start + last.size)
  let head = 0
  for (const { role, start, size } of tensors)
    for (let i = start; i < start + size; i++)
      parameters[i] = role === 'learned' ? learned[head++]! : Math.fround(2 * draw() - 1)
  for (const { name, start } of tensors) parameters[start] = spoiled[name] ?? parameters[start]!
  const written = tensors.map(
    ({ name, shape, start, size }) => [name, { shape, values: parameters.subarray(start, start + size) }] as const,
  )
  const { normalizer, params, ...sizes } = config
  const described = { ...sizes, model_type: 'softscope-toy', normalizer: { id: normalizer.id, params } }
  const bytes = safetensorsBytes(Object.fromEntries(written), { config: JSON.stringify(described) })
  return { bytes, parameters }
}
