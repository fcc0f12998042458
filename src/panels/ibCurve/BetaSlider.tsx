import { shortNumber } from '../../charts/numberFormat.ts'
import { ScrubNumber } from '../../charts/ScrubNumber.tsx'
import type { Edit } from '../contract.ts'
import type { IbCurveExperiment } from './experiment.ts'
import type { CurvePoint, IbCurveResult } from './result.ts'

export interface BetaSliderProps {
  readonly result: IbCurveResult
  readonly here: CurvePoint
  readonly edit: Edit<IbCurveExperiment>
}

/** Chooses among the βs of the curve, evenly on a log scale; a press on a critical β goes just above it. */
export function BetaSlider({ result, here, edit }: BetaSliderProps) {
  const { points, criticalBetas } = result
  const index = points.findIndex(({ beta }) => beta === here.beta)
  const last = points.length - 1
  const past = (critical: number) => points.find(({ beta }) => beta > critical * 1.02) ?? points[last]!
  return (
    <div className="ib-slider">
      <label>
        β ={' '}
        <ScrubNumber
          value={here.beta}
          label="β"
          range={[points[0].beta, points[last]!.beta]}
          scale="log"
          problem={(value) => (value > 0 ? null : 'above 0')}
          onChange={(beta, gesture) => edit({ beta }, gesture)}
        />
      </label>
      <input
        type="range"
        min={0}
        max={last}
        value={index}
        aria-label="β, log scale"
        aria-valuetext={`β ${shortNumber(here.beta)}`}
        onChange={(event) => edit({ beta: points[Number(event.target.value)]!.beta }, 'β slider')}
      />
      {criticalBetas.length > 0 && (
        <span className="ib-critical">
          splits at{' '}
          {criticalBetas.slice(0, 6).map((critical) => (
            <button
              key={critical}
              type="button"
              className="ib-link"
              title="Go just above this β"
              onClick={() => edit({ beta: past(critical).beta })}
            >
              {shortNumber(critical, 4)}
            </button>
          ))}
        </span>
      )}
    </div>
  )
}
