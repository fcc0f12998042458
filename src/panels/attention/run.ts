import { normalizerById } from '../../math/normalizers/index.ts'
import { resolveParams } from '../../math/normalizers/params.ts'
import { afterFailure, chooseEngine, multiplications, type EngineChoice } from '../../models/language/chooseEngine.ts'
import { checkFinite } from '../../models/language/finiteTrace.ts'
import type { ForwardOptions, HeadNormalizer, Trace } from '../../models/language/forward.ts'
import type { LanguageModel } from '../../models/language/model.ts'
import { sameNormalizer } from '../../models/language/sameNormalizer.ts'
import type { ComputeContext } from '../contract.ts'
import type { NormalizerSetting } from '../normalizerSetting.ts'
import type { AttentionExperiment } from './experiment.ts'
import { settingAt } from './headSettings.ts'
import { perHead } from './measured.ts'
import type { Ran } from './result.ts'

interface Run {
  readonly trace: Trace
  /** The same text with the weights' own normalizer everywhere, where another is put in and it costs little. */
  readonly before: Trace | null
  readonly ran: Ran
}

/** Multiplications up to which a second run for comparison is not felt. */
const mostCompared = 2e9

/** Runs a text through the experiment's engine, or through loops once a device has failed. */
export async function run(
  experiment: AttentionExperiment,
  model: LanguageModel,
  ids: readonly number[],
  { engine, signal, progress }: ComputeContext,
): Promise<Run> {
  const { layers, heads, normalizer } = model.shape
  const learned = (await model.learned?.()) ?? null
  const settings = perHead(layers, heads, (map) => ({
    id: normalizer.id,
    params: learned === null ? normalizer.params : learned[Math.floor(map / heads)]![map % heads]!,
  }))
  const own = settings.map((row) => row.map(headNormalizer))
  const put = settings.map((row, layer) =>
    row.map((setting, head) => headNormalizer(settingAt(experiment, setting, layer, head))),
  )
  // A setting that says what the weights have anyway is no change.
  const swapped = put.some((row, layer) => row.some((each, head) => !sameNormalizer(each, own[layer]![head]!)))
  const compared = swapped && multiplications(model, ids.length) < mostCompared
  const normalizers = [...(compared ? own.flat() : []), ...put.flat()]
  const task = { model, ids, normalizers, signal }

  const once = async ({ engine: chosen, why }: EngineChoice): Promise<Run> => {
    const { id, device, precision } = chosen
    const forward = (from: number, to: number, normalizerAt: ForwardOptions['normalizerAt']) =>
      chosen.forward(model, ids, {
        normalizerAt,
        signal,
        progress: (fraction, doing) => progress(from + (to - from) * fraction, doing),
      })
    const start = performance.now()
    const trace = await forward(0, compared ? 0.5 : 1, (layer, head) => put[layer]![head]!)
    const milliseconds = performance.now() - start
    const before = compared ? await forward(0.5, 1, (layer, head) => own[layer]![head]!) : null
    for (const each of before === null ? [trace] : [trace, before]) checkFinite(each, model.shape)
    return { trace, before, ran: { id, device, precision, milliseconds, why } }
  }

  progress(0, 'choosing an engine')
  let choice = await chooseEngine(task, experiment.engine === 'auto' ? engine.status().choice : experiment.engine)
  try {
    return await once(choice)
  } catch (error) {
    // Disposes of the failed one.
    choice = await afterFailure(choice.engine, error, task)
    return await once(choice)
  } finally {
    choice.engine.dispose()
  }
}

function headNormalizer({ id, params }: NormalizerSetting): HeadNormalizer {
  const entry = normalizerById(id)
  if (entry === undefined) throw new Error(`There is no normalizer ${JSON.stringify(id)}.`)
  // A model's file names what differs from the defaults, and a kernel needs them all.
  return { entry, params: resolveParams(id, entry.params, params) }
}
