import { useMemo } from 'react'
import { AxisX, AxisY } from '../../charts/Axis.tsx'
import { CellGrid } from '../../charts/CellGrid.tsx'
import { Curve } from '../../charts/Curve.tsx'
import { Frame } from '../../charts/Frame.tsx'
import { Points } from '../../charts/Points.tsx'
import { shortNumber } from '../../charts/numberFormat.ts'
import { Term } from '../../charts/Term.tsx'
import type { Edit } from '../contract.ts'
import type { IbCurveExperiment } from './experiment.ts'
import { nearestRate, type IbCurveResult } from './result.ts'

export interface CouplingFigureProps {
  readonly result: IbCurveResult
  readonly rate: number
  readonly edit: Edit<IbCurveExperiment>
  /** Pixels. */
  readonly width: number
}

const height = 340

const about = {
  fill: 'Between two rates that a grouping meets, a part of one symbol may go to another group: T is then no function of x, and keeps more of it within the rate.',
  greedy:
    'Symbols are merged one pair at a time until H(T) is within the rate: the two smallest if that is enough, else the two largest, and at the end the pair that leaves the most.',
  coupling:
    'Minimum-entropy coupling: of all ways to pair T with y, whose own frequencies stay as they are, one in which both together hold as few bits as a greedy search finds. The joint above plays no part in it, only p(y).',
}

/** How much of x fits into a rate, when T is a grouping of symbols, and when one symbol may be shared. */
export function CouplingCurve({ result, rate, edit, width }: CouplingFigureProps) {
  const { points, deterministic } = result.coupling
  const here = nearestRate(points, rate)
  const drawn = useMemo(
    () => ({
      xs: points.map((point) => point.rate),
      greedy: points.map((point) => point.greedy),
      plain: points.map((point) => point.smallestFirst),
      filled: points.map((point) => point.filled),
    }),
    [points],
  )
  const high = result.ceilings.H_X * 1.05
  return (
    <div>
      <Frame
        label={`Information kept of x against the rate, in bits; at ${shortNumber(here.rate)}: ${shortNumber(here.greedy)} by a grouping, ${shortNumber(here.filled)} with one symbol shared`}
        width={width}
        height={height}
        x={{ kind: 'linear', low: 0, high }}
        y={{ kind: 'linear', low: 0, high }}
        margins={{ top: 24, right: 12, bottom: 38, left: 44 }}
      >
        <AxisY count={5} title="I(X;T), bits" />
        <AxisX count={5} title="rate: the most that H(T) may be, bits" />
        <Curve xs={[0, high]} ys={[0, high]} stroke="var(--bar-edge)" dash="1.5 4" />
        <Curve xs={drawn.xs} ys={drawn.plain} stroke="var(--sparse-1)" dash="2 3" />
        <Curve xs={drawn.xs} ys={drawn.greedy} stroke="var(--rectified-1)" dash="7 4" />
        <Curve xs={drawn.xs} ys={drawn.filled} stroke="var(--exponential-1)" />
        <Points xs={deterministic} ys={deterministic} fill="var(--rectified-1)" radius={3} shape="square" hollow />
        <Points xs={[here.rate]} ys={[here.greedy]} fill="var(--ink)" radius={5.5} />
      </Frame>
      <ul className="ib-legend">
        <li className="is-line">
          <Term about={about.fill}>one symbol shared</Term> (the fill)
        </li>
        <li className="is-dashed">
          <Term about={about.greedy}>greedy grouping</Term>
        </li>
        <li className="is-plain">merging the two smallest</li>
        <li className="is-square">a grouping meets this rate</li>
      </ul>
      <div className="ib-slider">
        <span>rate {inBits(here.rate)}</span>
        <input
          type="range"
          aria-label="rate"
          min={0}
          max={points.length - 1}
          value={points.indexOf(here)}
          aria-valuetext={inBits(here.rate)}
          onChange={(event) => edit({ rate: points[Number(event.target.value)]!.rate }, 'rate slider')}
        />
      </div>
    </div>
  )
}

/** `1 bit`, `1.58 bits`. */
function inBits(value: number): string {
  const text = shortNumber(value)
  return `${text} ${text === '1' ? 'bit' : 'bits'}`
}

/** The greedy grouping at the rate, and its least random pairing with y. */
export function CouplingTables({ result, rate, width }: Omit<CouplingFigureProps, 'edit'>) {
  const { labels, coupling, H_joint, bound } = nearestRate(result.coupling.points, rate)
  const largest = Math.max(...coupling.flat())
  return (
    <div className="ib-encoder">
      <h3>
        T paired with y, <Term about={about.coupling}>as predictably as can be</Term>
      </h3>
      <CellGrid
        label={`Coupling of ${coupling.length} groups with ${coupling[0]!.length} values of y`}
        rows={coupling.map((row) => row.map((mass) => mass / largest))}
        rowNames={coupling.map((_, t) => `t${t + 1}`)}
        columnNames={coupling[0]!.map((_, y) => `y${y + 1}`)}
        width={width}
        rowHeight={Math.min(24, Math.max(14, 240 / coupling.length))}
        colour="var(--rectified-1)"
      />
      <p className="ib-certificate">
        {labels.map((t, x) => `x${x + 1} → t${t + 1}`).join(', ')}. Both together hold {inBits(H_joint)}; no pairing
        holds less than {shortNumber(bound)}. Cells are shares of the largest.
      </p>
    </div>
  )
}
