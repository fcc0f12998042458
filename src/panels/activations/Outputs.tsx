import { lazy, Suspense, useMemo } from 'react'
import { weightDomain } from '../../charts/niceDomain.ts'
import { shortNumber } from '../../charts/numberFormat.ts'
import { useWidth } from '../../charts/useWidth.ts'
import { variantColour } from '../../charts/variantColour.ts'
import type { ActivationsExperiment } from './experiment.ts'
import { height as multipleHeight, Multiple } from './Multiple.tsx'
import type { ActivationsResult, VariantResult } from './result.ts'
import { Stats } from './Stats.tsx'
import { VariantHead, type Change } from './VariantHead.tsx'

const Overview = lazy(() => import('./Overview.tsx').then((module) => ({ default: module.Overview })))
const Overlaid = lazy(() => import('./Overlaid.tsx').then((module) => ({ default: module.Overlaid })))

export interface OutputsProps {
  readonly experiment: ActivationsExperiment
  readonly result: ActivationsResult | null
  /** Of the entries, if they are drawn one by one; the same array for as long as it is equal. */
  readonly names: readonly string[]
  readonly masked: readonly number[]
  readonly pointed: number | null
  readonly point: (index: number | null) => void
  readonly change: Change
}

const gap = 28
const narrowest = 272
/** All pictures keep a place for what is unspent if any variant leaves this much. */
const notable = 0.001

/** As many columns as fit, and no fewer than two on a wide page. */
function columnsIn(room: number, count: number): number {
  const fitting = Math.max(1, Math.floor((room + gap) / (narrowest + gap)))
  return Math.min(fitting, Math.max(count, 2))
}

/** The variants side by side on one scale, or in one picture. */
export function Outputs({ experiment, result, names, masked, pointed, point, change }: OutputsProps) {
  const [place, room] = useWidth<HTMLDivElement>()
  const [low, high] = weightDomain(...(result?.extent ?? [0, 1]))
  const columns = columnsIn(room, experiment.variants.length)
  const width = Math.floor((room - gap * (columns - 1)) / columns)
  const results = useMemo(() => new Map(result?.variants.map((variant) => [variant.id, variant])), [result])
  const reference = experiment.reference === null ? null : (results.get(experiment.reference) ?? null)
  const shared = { low, high, pointed, point, masked, names }
  const unspentPlace = result?.variants.some(({ stats }) => stats.unspent >= notable) ?? false
  const overlaid = experiment.layout === 'overlaid'
  const picture = (variant: VariantResult) =>
    variant.weights !== null ? (
      <Multiple
        variant={variant}
        reference={reference === variant ? null : reference}
        {...{ ...shared, width, unspentPlace }}
      />
    ) : (
      <Suspense fallback={null}>
        {variant.overview && (
          <Overview
            overview={variant.overview}
            what={`${variant.label} weights`}
            unit="weight"
            colour={variantColour(variant.normalizer)}
            {...{ low, high, width }}
          />
        )}
      </Suspense>
    )
  return (
    <div ref={place}>
      {room > 0 && overlaid && result && (
        <Suspense fallback={null}>
          <Overlaid result={result} width={room} {...shared} />
        </Suspense>
      )}
      {room > 0 && (
        <div className="outputs" style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}>
          {experiment.variants.map((setting) => {
            const variant = results.get(setting.id)
            return (
              <div key={setting.id} role="group" className="output" aria-label={variant?.label ?? setting.id}>
                <VariantHead setting={setting} isReference={experiment.reference === setting.id} change={change} />
                {overlaid && <Pointed variant={variant} names={names} index={pointed} />}
                {!overlaid &&
                  (variant ? picture(variant) : <div className="awaited" style={{ height: multipleHeight }} />)}
                {variant && result && <Stats stats={variant.stats} n={result.n} />}
              </div>
            )
          })}
        </div>
      )}
    </div>
  )
}

interface PointedProps {
  readonly variant: VariantResult | undefined
  readonly names: readonly string[]
  readonly index: number | null
}

/** The weight one points at in the common picture, where each variant has no picture of its own to say it. */
function Pointed({ variant, names, index }: PointedProps) {
  const weight = index === null ? undefined : variant?.weights?.[index]
  return (
    <p className="pointed">{index !== null && weight !== undefined && `${names[index]}: ${shortNumber(weight, 4)}`}</p>
  )
}
