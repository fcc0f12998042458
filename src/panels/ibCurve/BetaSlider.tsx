import { shortNumber } from '../../charts/numberFormat.ts'
import { ScrubNumber } from '../../charts/ScrubNumber.tsx'
import { Term } from '../../charts/Term.tsx'
import type { Edit } from '../contract.ts'
import type { IbCurveExperiment } from './experiment.ts'
import type { CurvePoint, IbCurveResult } from './result.ts'

export interface BetaSliderProps {
  readonly result: IbCurveResult
  readonly here: CurvePoint
  readonly edit: Edit<IbCurveExperiment>
}

const worth =
  'What a bit about y is worth, in bits of x: T is chosen so that I(X;T) − β I(T;Y) is as small as it can be.'
const gaining =
  'The best T gains clusters here, dashed in the figure below: just below this β no further cluster would lower I(X;T) − β I(T;Y), just above it one does. Found by bisection with the same certificate as the curve: to 1e-6 of β, but to a few tenths of a percent where the new cluster is at first much like an old one. Gains within 0.1 % of one another are one.'
const stability =
  'Critical βs of local stability: followed up from T of one cluster, a cluster loses its balance where β σ² = 1, with σ the second singular value of p(x, y) / √(p(x) p(y)) inside it. The best T is often another one, far away, and gains its clusters at other βs.'

/** More βs than this are marked in the figure, or listed in the table, alone. */
const mostLinks = 6

/** Chooses among the βs of the curve, evenly on a log scale; a press on a β where clusters are gained goes just above it. */
export function BetaSlider({ result, here, edit }: BetaSliderProps) {
  const { points, gains, criticalBetas } = result
  const index = points.findIndex(({ beta }) => beta === here.beta)
  const last = points.length - 1
  const past = (gain: number) => points.find(({ beta }) => beta > gain * 1.02) ?? points[last]!
  // Where the two agree to the digits shown, one list says it.
  const elsewhere = criticalBetas.filter((critical) => !gains.some(({ beta }) => Math.abs(beta / critical - 1) < 1e-4))
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
      {gains.length > 0 && (
        <span className="ib-critical">
          <Term about={gaining}>clusters gained at</Term>{' '}
          {gains.slice(0, mostLinks).map(({ beta }) => (
            <button
              key={beta}
              type="button"
              className="ib-link"
              title="Go just above this β"
              onClick={() => edit({ beta: past(beta).beta })}
            >
              {shortNumber(beta, 5)}
            </button>
          ))}
          {gains.length > mostLinks && ` and ${gains.length - mostLinks} more`}
        </span>
      )}
      {gains.length > 0 && elsewhere.length > 0 && (
        <span className="ib-critical">
          <Term about={stability}>stability lost at</Term>{' '}
          {elsewhere
            .slice(0, mostLinks)
            .map((beta) => shortNumber(beta, 5))
            .join(', ')}
          {elsewhere.length > mostLinks && ` and ${elsewhere.length - mostLinks} more`}
        </span>
      )}
    </div>
  )
}
