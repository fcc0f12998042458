import { breathe, breathEvery } from '../../engine/breathe.ts'
import { normalizerById } from '../../math/normalizers/index.ts'
import { referenceRow, rowStats, type Reference } from '../../math/rowStats.ts'
import type { Compute, ComputeContext } from '../contract.ts'
import type { ActivationsExperiment, VariantSetting } from './experiment.ts'
import { compareOnGpu, settled } from './gpu.ts'
import { overviewOf } from './overview.ts'
import { valuesOf } from './published.ts'
import { maxDrawn, type ActivationsResult, type VariantResult } from './result.ts'
import { rowOf, type Row } from './row.ts'
import { sentenceOf } from './sentence.ts'

/** The row through every variant, in float64; then, if asked, through the GPU's kernels. */
export const compute: Compute<ActivationsExperiment, ActivationsResult> = async function* (experiment, context) {
  const row = await rowOf(experiment, context.data)
  const variants = await onEvery(experiment, row, context)
  yield resultOf(experiment, row, variants)
  if (!experiment.gpu || variants.length === 0 || row.logits.length === 0) return
  await settled(context.signal)
  const compared: VariantResult[] = []
  for (const [i, setting] of experiment.variants.entries()) {
    context.progress(i / experiment.variants.length, `${variants[i]!.label} on the GPU`)
    compared.push({ ...variants[i]!, gpu: await compareOnGpu(setting, row, context) })
  }
  yield resultOf(experiment, row, compared)
}

async function onEvery(
  experiment: ActivationsExperiment,
  row: Row,
  { progress, signal }: Pick<ComputeContext, 'progress' | 'signal'>,
): Promise<VariantResult[]> {
  const { variants, reference } = experiment
  const plain = referenceRow(weightsOf({ normalizer: 'softmax', params: { T: 1 } }, row))
  const base = variants.find(({ id }) => id === reference)
  const against = base && row.logits.length <= maxDrawn ? weightsOf(base, row) : null
  const out: VariantResult[] = []
  let breath = performance.now()
  for (const [i, setting] of variants.entries()) {
    if (performance.now() - breath > breathEvery) {
      progress(i / variants.length, labelOf(setting, variants))
      await breathe()
      signal.throwIfAborted()
      breath = performance.now()
    }
    out.push(onOne(setting, row, { label: labelOf(setting, variants), plain, against }))
  }
  return out
}

interface Beside {
  readonly label: string
  /** Softmax of the same row, for KL. */
  readonly plain: Reference
  /** The reference's weights. */
  readonly against: Float64Array | null
}

function onOne(setting: VariantSetting, row: Row, { label, plain, against }: Beside): VariantResult {
  const weights = weightsOf(setting, row)
  const drawn = weights.length <= maxDrawn
  return {
    id: setting.id,
    normalizer: setting.normalizer,
    label,
    weights: drawn ? weights : null,
    stats: rowStats(weights, plain, row.kept ?? undefined),
    difference: against && weights.map((weight, i) => weight - against[i]!),
    overview: drawn ? null : overviewOf(weights, row.kept, 'log10', row.nameOf),
    gpu: null,
  }
}

function weightsOf({ normalizer, params }: Omit<VariantSetting, 'id'>, { logits, kept }: Row): Float64Array {
  const entry = normalizerById(normalizer)
  if (entry === undefined) throw new Error(`There is no variant ${JSON.stringify(normalizer)}.`)
  return entry.forward(logits, params, kept ?? undefined)
}

/** The registry's label; of several of one kind, with what tells them apart. */
function labelOf({ normalizer, params }: VariantSetting, all: readonly VariantSetting[]): string {
  const label = normalizerById(normalizer)?.label ?? normalizer
  const kin = all.filter((each) => each.normalizer === normalizer)
  if (kin.length < 2) return label
  const telling = Object.entries(params).filter(([name, value]) => kin.some((each) => each.params[name] !== value))
  return [label, ...telling.map(([name, value]) => `${name} ${value}`)].join(' ')
}

function resultOf(
  experiment: ActivationsExperiment,
  { logits, kept, nameOf }: Row,
  variants: readonly VariantResult[],
): ActivationsResult {
  const n = logits.length
  const drawn = n <= maxDrawn
  const seen = {
    n,
    names: drawn ? Array.from(logits, (_, i) => nameOf(i)) : [],
    logits: drawn ? logits : null,
    variants,
    reference: experiment.reference,
  }
  return {
    ...seen,
    logitsOverview: drawn ? null : overviewOf(logits, kept, 'linear', nameOf),
    extent: extentOf(variants),
    gpuState: !experiment.gpu ? 'off' : variants.some(({ gpu }) => gpu !== null) ? 'done' : 'running',
    sentence: sentenceOf(seen),
    values: valuesOf(seen),
  }
}

const maxUnspentOnScale = 40

function extentOf(variants: readonly VariantResult[]): readonly [number, number] {
  let low = 0
  let high = 0
  for (const { weights, stats, overview } of variants) {
    for (const value of weights ?? overview?.sorted ?? []) {
      if (value < low) low = value
      if (value > high) high = value
    }
    // On the scale of a long row's weights it would leave no height for them.
    if (stats.unspent > high && (weights?.length ?? Infinity) <= maxUnspentOnScale) high = stats.unspent
  }
  return [low, high]
}
