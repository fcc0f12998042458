import { importance, mapStats, sinkRate, uniformImportance, type Maps } from '../../models/language/metrics.ts'
import type { AttentionExperiment } from './experiment.ts'
import type { AttentionResult } from './result.ts'

/** What is read off the maps alone. */
export type Measured = Pick<
  AttentionResult,
  | 'layers'
  | 'heads'
  | 'metricTokens'
  | 'alpha0'
  | 'alpha0ExcludingFirst'
  | 'uniformAlpha0'
  | 'uniformAlpha0ExcludingFirst'
  | 'sinkRate'
  | 'importance'
  | 'maps'
  | 'arrays'
>

export function measured(
  maps: Maps,
  { epsilon, metricTokens: asked }: Pick<AttentionExperiment, 'epsilon' | 'metricTokens'>,
): Measured {
  const { layers, heads, tokens, values } = maps
  const T = Math.min(asked ?? tokens, tokens)
  const alphas = importance(maps, T)
  const withoutFirst = importance(maps, T, true)
  const stats = mapStats(maps)
  const alpha0 = perHead(layers, heads, (map) => alphas[map * T]!)
  return {
    layers,
    heads,
    metricTokens: T,
    alpha0,
    alpha0ExcludingFirst: perHead(layers, heads, (map) => withoutFirst[map * T]!),
    uniformAlpha0: uniformImportance(T),
    uniformAlpha0ExcludingFirst: uniformImportance(T, true),
    sinkRate: sinkRate(alpha0.flat(), epsilon),
    importance: perHead(layers, heads, (map) => alphas.slice(map * T, (map + 1) * T)),
    maps: perHead(layers, heads, (map) => stats[map]!),
    arrays: { attention: { shape: [layers, heads, tokens, tokens], values } },
  }
}

/** A value for each head, [layers][heads]. @param of  takes the head's place in the order [layers, heads] */
export const perHead = <T>(layers: number, heads: number, of: (map: number) => T): T[][] =>
  Array.from({ length: layers }, (_, layer) => Array.from({ length: heads }, (__, head) => of(layer * heads + head)))
