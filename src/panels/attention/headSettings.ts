import { settingOf, type NormalizerSetting } from '../normalizerSetting.ts'
import type { AttentionExperiment } from './experiment.ts'

type Settings = Pick<AttentionExperiment, 'normalizer' | 'heads'>

/** What a head's rows are made by: its own setting, else that of all heads, else what the weights are read with. */
export function settingAt(
  { normalizer, heads }: Settings,
  asRead: NormalizerSetting,
  layer: number,
  head: number,
): NormalizerSetting {
  const own = heads.find((each) => each.layer === layer && each.head === head)
  return own?.normalizer ?? normalizer ?? asRead
}

/** One normalizer in every head; null is what the weights are read with. */
export const everywhere = (id: string | null): Partial<AttentionExperiment> => ({
  normalizer: id === null ? null : settingOf(id),
  heads: [],
})

/** Another normalizer in one head alone, which stays in view; null gives it back to the others'. */
export function inHead(
  { heads }: Settings,
  layer: number,
  head: number,
  id: string | null,
): Partial<AttentionExperiment> {
  const others = heads.filter((each) => each.layer !== layer || each.head !== head)
  return { heads: id === null ? others : [...others, { layer, head, normalizer: settingOf(id) }], layer, head }
}

/**
 * The files of a model that is linked: beside a safetensors file lie its config.json and its tokenizer.json.
 * @param tokenizer  another address of the tokenizer; empty for none
 */
export function linked(model: string, tokenizer: string): Partial<AttentionExperiment> {
  const path = model.replace(/[?#].*$/, '')
  const beside = (name: string) => path.replace(/[^/]*$/, name)
  const whole = path.endsWith('.safetensors')
  const given = tokenizer.trim() === '' ? null : tokenizer.trim()
  return {
    model,
    config: whole ? beside('config.json') : null,
    tokenizer: given ?? (whole ? beside('tokenizer.json') : null),
    attention: null,
    tokens: null,
    ids: null,
    normalizer: null,
    heads: [],
    layer: null,
    head: null,
  }
}
