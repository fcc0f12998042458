import { useMemo, useState } from 'react'
import { shortNumber } from '../../charts/numberFormat.ts'
import { useWidth } from '../../charts/useWidth.ts'
import { uniformImportance } from '../../models/language/metrics.ts'
import type { SinkTrainingResult } from './compute.ts'
import { Eviction } from './Eviction.tsx'
import type { SinkTrainingExperiment } from './experiment.ts'
import { groupsOf, type Metric } from './lookedAt.ts'
import { mainStrips, moreStrips } from './metrics.ts'
import { onsetOf, onsetWords } from './onset.ts'
import { runName } from './runName.ts'
import { Strip } from './Strip.tsx'
import type { Level } from './stripMarks.tsx'

export interface StripsProps {
  readonly experiment: SinkTrainingExperiment
  readonly result: SinkTrainingResult
}

/** Readings over steps, one strip a metric, all on one axis of steps. */
export function Strips({ experiment, result }: StripsProps) {
  const [more, setMore] = useState(false)
  const [box, width] = useWidth<HTMLDivElement>()
  const across = width > 640 ? (width - 28) / 2 : width
  const { length: T, epsilon } = experiment
  const uniform = result.uniformAlpha0
  const levels: Partial<Record<Metric, Level>> = {
    bosAttention: { value: uniformImportance(T, true), text: 'if spread evenly, about' },
    alpha0: { value: uniform, text: 'if spread evenly' },
    valueRatio: { value: 1, text: 'as large as the others,' },
    kurtosis: { value: 3, text: 'a normal law' },
  }
  const groups = useMemo(() => groupsOf(result.runs), [result.runs])
  const onsets = useMemo(
    () => groups.map((group) => onsetOf(group, epsilon, experiment.steps)),
    [groups, epsilon, experiment.steps],
  )
  const shown = more ? [...mainStrips, ...moreStrips] : mainStrips
  return (
    <div ref={box} className="sinks-strips">
      {across > 0 &&
        shown.map((strip) => (
          <Strip
            key={strip.metric}
            {...{ strip, experiment, result, onsets }}
            width={across}
            level={levels[strip.metric]}
          />
        ))}
      <p className="sinks-note sinks-more">
        A triangle marks the first record with α₀, the mean weight that the first token gets, above{' '}
        {shortNumber(epsilon)}:{' '}
        {groups.map(({ runs }, i) => `${runName(result.runs, runs[0]!)} ${onsetWords(onsets[i]!)}`).join(', ')}.
      </p>
      <Eviction runs={result.runs} />
      <div className="sinks-more">
        <button type="button" className="tool-button" aria-expanded={more} onClick={() => setMore(!more)}>
          {more ? 'Fewer measures' : 'More measures'}
        </button>
        {more && (
          <p className="sinks-note">
            Sink rate with ε = {shortNumber(epsilon)} and T = {T}; α₀ is {shortNumber(uniform)} where attention is
            spread evenly. At this size, kurtosis and largest over median do not tell models with a sink from those
            without; in large models they do.
          </p>
        )}
      </div>
    </div>
  )
}
