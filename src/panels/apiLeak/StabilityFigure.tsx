import { AxisX, AxisY } from '../../charts/Axis.tsx'
import { Curve } from '../../charts/Curve.tsx'
import { Frame } from '../../charts/Frame.tsx'
import { percent, shortNumber } from '../../charts/numberFormat.ts'
import { Points } from '../../charts/Points.tsx'
import { Rules } from '../../charts/Rules.tsx'
import type { Edit } from '../contract.ts'
import type { ApiLeakExperiment } from './experiment.ts'
import type { FormulaError, Stability } from './result.ts'
import { twoDigits } from './twoDigits.ts'

export interface StabilityFigureProps {
  readonly stability: Stability
  readonly bias: number
  /** Log-probabilities that a call shows. */
  readonly top: number
  readonly edit: Edit<ApiLeakExperiment>
  /** Pixels. */
  readonly width: number
}

const margins = { top: 24, right: 10, bottom: 36, left: 44 }

const formulas = [
  { key: 'anchored', name: () => 'anchored', colour: 'var(--exponential-1)', dash: undefined, shape: 'circle' },
  { key: 'topK', name: (top: number) => `${top} at once`, colour: 'var(--sparse-1)', dash: '7 4', shape: 'square' },
  { key: 'oneToken', name: () => 'one at a time', colour: 'var(--unspent-1)', dash: '2 3', shape: 'cross' },
] as const

/** How far the three formulas are off, by the bias that they are used with. */
export function StabilityFigure({ stability, bias, top, edit, width }: StabilityFigureProps) {
  // With one answer a call the two are the same.
  const lines = formulas.filter(({ key }) => key !== 'topK' || top > 1)
  const all = lines.flatMap(({ key }) => stability[key].map(({ error }) => error)).filter((error) => error > 0)
  const low = 10 ** Math.floor(Math.log10(Math.min(1e-8, ...all)))
  const powers = Array.from({ length: 20 }, (_, i) => 10 ** (2 - 2 * i)).filter((power) => power >= low)
  return (
    <div className="leak-stability">
      <h3>What the bias does to each formula</h3>
      <Frame
        label={`Largest error of three formulas by bias; at ${shortNumber(bias)}: ${lines.map(({ key, name }) => `${name(top)} ${state(stability.here[key])}`).join('; ')}`}
        width={width}
        height={210}
        x={{ kind: 'linear', low: 0, high: 100 }}
        y={{ kind: 'log', low, high: 200 }}
        margins={margins}
      >
        <AxisY ticks={powers} format={power} title="largest error, nats" />
        <AxisX count={5} title="bias" />
        <Rules of="x" at={[bias]} stroke="var(--ink)" />
        {lines.map(({ key, colour, dash, shape }) => {
          const points = stability[key]
          const [xs, ys] = [points.map((p) => p.bias), points.map(({ error }) => Math.max(error, low))]
          const whole = (p: FormulaError) => p.back > 0.999
          const some = points.map((p, i) => (whole(p) ? NaN : ys[i]!))
          const every = points.map((p, i) => (whole(p) ? ys[i]! : NaN))
          return (
            <g key={key}>
              <Curve xs={xs} ys={ys} stroke={colour} {...(dash !== undefined && { dash })} />
              <Points xs={xs} ys={every} fill={colour} shape={shape} radius={2.5} />
              <Points xs={xs} ys={some} fill={colour} shape={shape} radius={2.5} hollow />
            </g>
          )
        })}
      </Frame>
      <input
        type="range"
        className="leak-bias"
        style={{ marginLeft: margins.left - 8, width: width - margins.left - margins.right + 16 }}
        min={1}
        max={100}
        value={Math.round(bias)}
        aria-label="bias"
        onChange={(event) => edit({ bias: Number(event.target.value) }, 'bias slider')}
      />
      <ul className="leak-legend">
        {lines.map(({ key, name }) => (
          <li key={key} className={`is-${key}`}>
            {name(top)}: {state(stability.here[key])}
          </li>
        ))}
      </ul>
    </div>
  )
}

const power = (value: number) =>
  value >= 0.01 && value <= 100 ? String(value) : `1e−${Math.round(-Math.log10(value))}`

function state({ error, back }: FormulaError): string {
  if (back === 0) return 'nothing comes back'
  if (Number.isNaN(error)) return 'no token needs it'
  return `${twoDigits(error)} nats off${back > 0.999 ? '' : `, ${percent(back)} back`}`
}
