import { useMemo } from 'react'
import { weightDomain } from '../../charts/niceDomain.ts'
import { useWidth } from '../../charts/useWidth.ts'
import type { ActivationsExperiment } from './experiment.ts'
import { Multiple } from './Multiple.tsx'
import type { ActivationsResult } from './result.ts'
import { Stats } from './Stats.tsx'
import { VariantHead, type Change } from './VariantHead.tsx'

export interface OutputsProps {
  readonly experiment: ActivationsExperiment
  readonly result: ActivationsResult
  readonly pointed: number | null
  readonly point: (index: number | null) => void
  readonly change: Change
}

const gap = 28
const narrowest = 272

/** As many columns as fit, and no fewer than two on a wide page. */
function columnsIn(room: number, count: number): number {
  const fitting = Math.max(1, Math.floor((room + gap) / (narrowest + gap)))
  return Math.min(fitting, Math.max(count, 2))
}

/** The variants side by side, on one scale. */
export function Outputs({ experiment, result, pointed, point, change }: OutputsProps) {
  const [place, room] = useWidth<HTMLDivElement>()
  const [low, high] = weightDomain(...result.extent)
  const columns = columnsIn(room, experiment.variants.length)
  const width = Math.floor((room - gap * (columns - 1)) / columns)
  const results = useMemo(() => new Map(result.variants.map((variant) => [variant.id, variant])), [result])
  const reference = result.reference === null ? null : (results.get(result.reference) ?? null)
  const unspentPlace = result.variants.some(({ stats }) => stats.unspent > 0)
  return (
    <div className="outputs" ref={place} style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}>
      {room > 0 &&
        experiment.variants.map((setting) => {
          const variant = results.get(setting.id)
          return (
            <section key={setting.id} className="output" aria-label={variant?.label ?? setting.id}>
              <VariantHead setting={setting} isReference={experiment.reference === setting.id} change={change} />
              {variant?.weights && (
                <Multiple
                  variant={variant}
                  names={result.names}
                  masked={experiment.masked}
                  reference={reference === variant ? null : reference}
                  low={low}
                  high={high}
                  width={width}
                  unspentPlace={unspentPlace}
                  pointed={pointed}
                  point={point}
                />
              )}
              {variant && <Stats stats={variant.stats} n={result.n} />}
            </section>
          )
        })}
    </div>
  )
}
