import { useState } from 'react'
import './ibCurve.css'
import { Term } from '../../charts/Term.tsx'
import { useWidth } from '../../charts/useWidth.ts'
import type { PanelViewProps } from '../contract.ts'
import { PresetMenu } from '../PresetMenu.tsx'
import { BetaSlider } from './BetaSlider.tsx'
import { CouplingCurve, CouplingTables } from './CouplingFigure.tsx'
import { CurveFigure, curveHeight } from './CurveFigure.tsx'
import { CurveTable } from './CurveTable.tsx'
import { EncoderFigure } from './EncoderFigure.tsx'
import type { IbCurveExperiment } from './experiment.ts'
import { JointEditor } from './JointEditor.tsx'
import { presets } from './presetJoints.ts'
import { nearestPoint, type IbCurveResult } from './result.ts'
import { SplitFigure } from './SplitFigure.tsx'

type Props = PanelViewProps<IbCurveExperiment, IbCurveResult>

/** More values of y than this need a wider table. */
const wideFrom = 6

/** A joint distribution to drag, and the exact price of knowing y from a short account of x. */
export function View({ experiment, result, stale, status, edit, rerun }: Props) {
  const [table, setTable] = useState(false)
  const { joint, view } = experiment
  return (
    <div className={stale ? 'ib is-stale' : 'ib'}>
      <div className="ib-controls">
        <p className="ib-hint">
          {view === 'curve'
            ? 'Drag a cell, or press it and type; move β and watch the clusters split.'
            : 'Move the rate; the squares are the rates that a grouping of symbols can meet.'}
        </p>
        <div className="ib-buttons">
          <PresetMenu presets={presets} onChoose={edit} />
          <button
            type="button"
            className="tool-button"
            onClick={() => edit({ view: view === 'curve' ? 'coupling' : 'curve' })}
          >
            {view === 'curve' ? 'Couplings' : 'The curve'}
          </button>
          <button type="button" className="tool-button" aria-pressed={table} onClick={() => setTable(!table)}>
            Table
          </button>
        </div>
      </div>
      <div className={joint[0]!.length > wideFrom ? 'ib-parts is-wide' : 'ib-parts'}>
        <JointEditor joint={joint} edit={edit} />
        {result ? (
          <Figures {...{ experiment, result, edit }} />
        ) : status.state === 'idle' ? (
          <p className="ib-awaited" style={{ minHeight: curveHeight }}>
            <button type="button" className="tool-button" onClick={rerun}>
              Compute the curve
            </button>
          </p>
        ) : (
          <p className="ib-awaited" style={{ minHeight: curveHeight }}>
            The curve is being computed; the joint can be changed meanwhile.
          </p>
        )}
      </div>
      {result && table && <CurveTable result={result} view={view} />}
    </div>
  )
}

function Figures({
  experiment,
  result,
  edit,
}: Pick<Props, 'experiment' | 'edit'> & { readonly result: IbCurveResult }) {
  const [element, width] = useWidth<HTMLDivElement>()
  const [side, sideWidth] = useWidth<HTMLDivElement>()
  const { beta, rate, view } = experiment
  const here = nearestPoint(result.points, beta)
  return (
    <>
      <div ref={element} className="ib-curve">
        {width > 0 &&
          (view === 'coupling' ? (
            <CouplingCurve {...{ result, rate, edit, width }} />
          ) : (
            <>
              <CurveFigure {...{ result, here, width }} />
              <Legend result={result} />
              <BetaSlider {...{ result, here, edit }} />
              <SplitFigure result={result} beta={here.beta} width={width} />
            </>
          ))}
      </div>
      <div ref={side} className="ib-side">
        {sideWidth > 0 &&
          (view === 'coupling' ? (
            <CouplingTables {...{ result, rate }} width={sideWidth} />
          ) : (
            <EncoderFigure here={here} width={sideWidth} />
          ))}
      </div>
    </>
  )
}

function Legend({ result }: { readonly result: IbCurveResult }) {
  return (
    <ul className="ib-legend">
      <li className="is-line">
        the best that is possible, up to <Term about={about.I_XY}>I(X;Y)</Term> and <Term about={about.H_X}>H(X)</Term>
      </li>
      <li className="is-square">
        <Term about={result.hardIsExact ? about.hard : about.greedy}>
          {result.hardIsExact ? 'best hard clustering' : 'hard clustering, greedy'}
        </Term>
        , at H(T)
      </li>
      {result.closedForm && <li className="is-known">known exactly: {result.closedForm.name}</li>}
      <li className="is-dotted">
        <Term about={about.processing}>no T can be above</Term>: I(T;Y) ≤ I(X;T)
      </li>
    </ul>
  )
}

const about = {
  I_XY: 'Mutual information of x and y: all that x tells of y. T is made from x, so it cannot tell more.',
  H_X: 'Entropy of x: all that there is to keep of it.',
  hard: 'Each x goes to one cluster alone. The squares make H(T) − β I(T;Y) smallest (the deterministic information bottleneck), and H(T) is all that such a T keeps of x.',
  greedy:
    'Each x goes to one cluster alone. With ten values of x or more the clusterings are too many to list: these come of merging pairs greedily to lower H(T) − β I(T;Y), and a better one may exist.',
  processing: 'The data-processing inequality: what T tells of y it can only have from x.',
}
