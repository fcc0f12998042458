import { normalizerById } from '../../math/normalizers/index.ts'
import type { SinkRun } from './compute.ts'

type Named = Pick<SinkRun, 'normalizer' | 'params'>

/** A normalizer's name among others: with the parameters in which it differs from another setting of the same. */
export function runName(runs: readonly Named[], { normalizer: id, params }: Named): string {
  const entry = normalizerById(id)
  const others = runs.filter((run) => run.normalizer === id)
  const own = Object.entries(params)
    .filter(([name, value]) => others.some((run) => run.params[name] !== value))
    .map(([name, value]) => `${entry?.params[name]?.label ?? name} ${value}`)
  return `${entry?.label ?? id}${own.length === 0 ? '' : ` (${own.join(', ')})`}`
}
