import { AxisX, AxisY } from '../../charts/Axis.tsx'
import { Curve } from '../../charts/Curve.tsx'
import { Frame } from '../../charts/Frame.tsx'
import { Points } from '../../charts/Points.tsx'
import { PointName } from '../../charts/PointName.tsx'
import { Rules } from '../../charts/Rules.tsx'

export interface DepthLine {
  /** Written at its end; empty for none. */
  readonly name: string
  /** One for the embeddings, then one a block. */
  readonly values: readonly number[]
  /** CSS colour; default the ink. */
  readonly colour?: string
  /** Pixels; default a whole line. */
  readonly dash?: string
}

export interface DepthFigureProps {
  readonly title: string
  readonly lines: readonly DepthLine[]
  /** Pixels. */
  readonly width: number
  /** Default `linear`, from 0. */
  readonly scale?: 'linear' | 'log'
  /** A dashed line across, in data units; default none. */
  readonly rule?: number
}

/** A quantity of the residual stream, from the embeddings (0) to the last block. */
export function DepthFigure({ title, lines, width, scale = 'linear', rule }: DepthFigureProps) {
  const all = [...lines.flatMap(({ values }) => values), ...(rule === undefined ? [] : [rule])].filter(
    (value) => value > 0,
  )
  const depth = Math.max(...lines.map(({ values }) => values.length)) - 1
  const [low, high] = scale === 'log' ? [Math.min(...all) / 1.4, Math.max(...all) * 1.4] : [0, Math.max(...all) * 1.1]
  if (!(high > low)) return null
  return (
    <figure className="att-figure">
      <figcaption>{title}</figcaption>
      <Frame
        label={`${title}: ${lines.map(({ name, values }) => `${name} from ${values[0]?.toPrecision(3)} to ${values.at(-1)?.toPrecision(3)}`).join('; ')}`}
        width={width}
        height={150}
        x={{ kind: 'linear', low: 0, high: Math.max(1, depth) }}
        y={{ kind: scale, low, high }}
        margins={{ top: 8, right: 52, bottom: 34, left: 38 }}
      >
        {scale === 'log' ? <AxisY ticks={decades(low, high)} /> : <AxisY count={3} />}
        <AxisX title="block" ticks={depthTicks(depth)} />
        {rule !== undefined && <Rules of="y" at={[rule]} dash="4 3" />}
        {lines.map(({ name, values, colour = 'var(--ink)', dash }, i) => (
          <g key={i}>
            <Curve
              xs={values.map((_, depth) => depth)}
              ys={values}
              stroke={colour}
              {...(dash !== undefined && { dash })}
            />
            <Points xs={values.map((_, depth) => depth)} ys={values} fill={colour} radius={2.5} />
            {name !== '' && <PointName x={values.length - 1} y={values.at(-1) ?? NaN} text={name} dx={6} dy={4} />}
          </g>
        ))}
      </Frame>
    </figure>
  )
}

/** Whole blocks alone, at most about eight of them. */
function depthTicks(depth: number): number[] {
  const every = Math.max(1, Math.ceil(depth / 8))
  return Array.from({ length: Math.floor(depth / every) + 1 }, (_, i) => i * every)
}

/** Steps of 1, 2 and 5, or of 1 alone where that is enough. */
function decades(low: number, high: number): number[] {
  const inside = (steps: readonly number[]) =>
    Array.from({ length: 17 }, (_, k) => steps.map((step) => step * 10 ** (k - 8)))
      .flat()
      .filter((value) => value >= low && value <= high)
  return inside([1]).length > 2 ? inside([1]) : inside([1, 2, 5])
}
