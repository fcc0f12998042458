import { shortNumber } from '../../charts/numberFormat.ts'
import { ScrubNumber } from '../../charts/ScrubNumber.tsx'
import { Term } from '../../charts/Term.tsx'
import type { Edit } from '../contract.ts'
import type { IbCurveExperiment } from './experiment.ts'
import { jumps, splitsOf, type CurvePoint, type IbCurveResult } from './result.ts'

export interface BetaSliderProps {
  readonly result: IbCurveResult
  readonly here: CurvePoint
  readonly edit: Edit<IbCurveExperiment>
}

const worth =
  'What a bit about y is worth, in bits of x: T is chosen so that I(X;T) − β I(T;Y) is as small as it can be.'
const splitting =
  'Critical β: there a cluster of the best T loses its balance and splits in two. Inside it β σ² = 1, with σ the second singular value of p(x, y) / √(p(x) p(y)).'

const jumping = 'Here the first comes earlier: the best T jumps to clusters that lie far apart.'

/** More critical βs than this are marked in the figure alone. */
const mostLinks = 6

/** Chooses among the βs of the curve, evenly on a log scale; a press on a critical β goes just above it. */
export function BetaSlider({ result, here, edit }: BetaSliderProps) {
  const { points } = result
  const splits = splitsOf(result)
  const index = points.findIndex(({ beta }) => beta === here.beta)
  const last = points.length - 1
  const past = (critical: number) => points.find(({ beta }) => beta > critical * 1.02) ?? points[last]!
  return (
    <div className="ib-slider">
      <span>
        <Term about={worth}>β</Term> ={' '}
        <ScrubNumber
          value={here.beta}
          label="β"
          range={[points[0].beta, points[last]!.beta]}
          scale="log"
          problem={(value) => (value > 0 ? null : 'above 0')}
          onChange={(beta, gesture) => edit({ beta }, gesture)}
        />
      </span>
      <input
        type="range"
        min={0}
        max={last}
        value={index}
        aria-label="β, log scale"
        aria-valuetext={`β ${shortNumber(here.beta)}`}
        onChange={(event) => edit({ beta: points[Number(event.target.value)]!.beta }, 'β slider')}
      />
      {splits.length > 0 && (
        <span className="ib-critical">
          <Term about={jumps(result) ? `${splitting} ${jumping}` : splitting}>splits at</Term>{' '}
          {splits.slice(0, mostLinks).map((critical) => (
            <button
              key={critical}
              type="button"
              className="ib-link"
              title="Go just above this β"
              onClick={() => edit({ beta: past(critical).beta })}
            >
              {shortNumber(critical, 5)}
            </button>
          ))}
          {splits.length > mostLinks && ` and ${splits.length - mostLinks} more`}
        </span>
      )}
    </div>
  )
}
