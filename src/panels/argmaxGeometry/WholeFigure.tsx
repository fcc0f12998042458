import { memo } from 'react'
import { AxisX, AxisY } from '../../charts/Axis.tsx'
import { Frame } from '../../charts/Frame.tsx'
import { HistogramBars } from '../../charts/HistogramBars.tsx'
import { shortNumber } from '../../charts/numberFormat.ts'
import type { Edit } from '../contract.ts'
import type { ArgmaxGeometryExperiment } from './experiment.ts'
import { nameOf } from './naming.ts'
import type { ArgmaxGeometryResult } from './result.ts'

export interface WholeFigureProps {
  readonly experiment: ArgmaxGeometryExperiment
  readonly result: ArgmaxGeometryResult
  readonly edit: Edit<ArgmaxGeometryExperiment>
  /** Pixels. */
  readonly width: number
}

/** `short` is written into the bar where there is room. What is undecided is hatched: its colour says nothing. */
const ways = [
  { id: 'ownRow', label: 'win at h = their own row', short: 'own row', colour: 'var(--rectified-1)' },
  { id: 'reflection', label: 'win after reflections', short: 'reflections', colour: 'var(--rectified-3)' },
  {
    id: 'leastSquares',
    label: 'win where least squares points',
    short: 'least squares',
    colour: 'var(--polynomial-3)',
  },
  { id: 'enclosed', label: 'can never win', short: 'never', colour: 'var(--sparse-1)' },
  { id: 'undecided', label: 'undecided', short: 'undecided', colour: undefined },
] as const

/** Pixels of a letter in the bar, and of the air about a word. */
const [letterWidth, air] = [7, 16]

const mostButtons = 60

/** A layer that no picture can show as points: how each token was decided, how long its row is, and who can never win. */
export function WholeFigure({ experiment, result, edit, width }: WholeFigureProps) {
  const { tokens, tested, decided, unargmaxable, undecided, smallestMargin, largestError } = result
  const named = [...unargmaxable, ...undecided]
  return (
    <div className="geo-whole">
      <div className="geo-decided" role="img" aria-label={spoken(result)}>
        {ways.map(({ id, short, colour }) => (
          <span
            key={id}
            className={classOf(id, decided[id])}
            style={{ width: `${(100 * decided[id]) / tokens}%`, background: colour }}
          >
            {(decided[id] / tokens) * width > letterWidth * short.length + air && <small>{short}</small>}
          </span>
        ))}
      </div>
      <ul className="geo-ways">
        {ways.map(({ id, label, colour }) => (
          <li key={id}>
            <span className={classOf(id, decided[id])} style={{ background: colour }} />{' '}
            <strong>{decided[id].toLocaleString('en-US')}</strong> {label}
          </li>
        ))}
        {tested < tokens && (
          <li>
            <span /> <strong>{(tokens - tested).toLocaleString('en-US')}</strong> not tested yet
          </li>
        )}
      </ul>
      <p className="geo-checked">
        checked
        {smallestMargin !== null &&
          `: every winner leads at its state, by ${shortNumber(smallestMargin, 2)} or more, rounding taken off`}
        {largestError !== null &&
          `; every enclosure is right to ${shortNumber(largestError, 2)} of its distances or better`}
      </p>
      <LengthFigure lengths={result.lengths} width={width} />
      {named.length > 0 && (
        <div className="geo-list" role="group" aria-label="tokens that can never win">
          {named.slice(0, mostButtons).map((token) => (
            <button key={token} type="button" className="tool-button" onClick={() => edit({ token, h: null })}>
              {nameOf(token, experiment.names)}
            </button>
          ))}
          {named.length > mostButtons && <span>and {(named.length - mostButtons).toLocaleString('en-US')} more</span>}
        </div>
      )}
    </div>
  )
}

const classOf = (id: (typeof ways)[number]['id'], count: number): string =>
  [count > 0 && 'is-some', id === 'undecided' && 'is-undecided'].filter(Boolean).join(' ')

const spoken = ({ tested, tokens, decided }: ArgmaxGeometryResult): string =>
  `${tested} of ${tokens} tokens are tested: ${ways.map(({ id, label }) => `${decided[id]} ${label}`).join(', ')}`

/** Lengths of rows: those inside the hull are short ones. */
const LengthFigure = memo(function LengthFigure({
  lengths,
  width,
}: {
  readonly lengths: ArgmaxGeometryResult['lengths']
  readonly width: number
}) {
  const { edges, canWin, never } = lengths
  const both = canWin.map((count, k) => count + never[k]!)
  const most = Math.max(1, ...both)
  return (
    <>
      <Frame
        label="Lengths of the rows less their mean, of tokens that can win and that never can"
        width={width}
        height={200}
        x={{ kind: 'linear', low: 0, high: edges.at(-1)! || 1 }}
        y={{ kind: 'linear', low: 0, high: most * 1.08 }}
        margins={{ top: 24, right: 12, bottom: 38, left: 52 }}
      >
        <AxisY count={4} title="tokens" />
        <AxisX count={5} title="length of the row less the mean row" />
        <HistogramBars edges={edges} counts={both} fill="var(--rectified-1)" />
        <HistogramBars edges={edges} counts={never} fill="var(--sparse-1)" />
      </Frame>
      {never.some((count) => count > 0) && (
        <p className="geo-soft">Vermilion, at the foot of each bar: can never win.</p>
      )}
    </>
  )
})
