import type { RankExperiment } from './experiment.ts'
import { layerTraits } from './layers.ts'

/** A made model whose outputs, or those of a layer it is compared with, are not made from logits shows none. */
export const showsLogits = ({ layer, compare }: Pick<RankExperiment, 'layer' | 'compare'>) =>
  layerTraits[layer].hasLogits && compare !== 'layers'

/** An edit of a made model, and with it another view where the model then has no logits. */
export function withView(experiment: RankExperiment, patch: Partial<RankExperiment>): Partial<RankExperiment> {
  const next = { ...experiment, ...patch }
  return next.file === null && next.view === 'logits' && !showsLogits(next)
    ? { ...patch, view: 'log-probabilities' }
    : patch
}
