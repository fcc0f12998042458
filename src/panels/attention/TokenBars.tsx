import { AxisY, BaseLine } from '../../charts/Axis.tsx'
import { bandGap } from '../../charts/bandGap.ts'
import { Columns } from '../../charts/Columns.tsx'
import { Frame } from '../../charts/Frame.tsx'
import { shortNumber } from '../../charts/numberFormat.ts'
import { Rules } from '../../charts/Rules.tsx'
import { tokenLabel } from './tokenLabel.ts'

export interface TokenBarsProps {
  /** What is drawn, with its unit; stands above. */
  readonly title: string
  /** One a token, from the first on; NaN draws none. */
  readonly values: ArrayLike<number>
  readonly tokens: readonly string[]
  /** CSS colour. */
  readonly colour: string
  /** Pixels. */
  readonly width: number
  /** The token that is looked at, or null. */
  readonly pointed: number | null
  readonly onPoint: (token: number | null) => void
  /** A dashed line across, in data units; default none. */
  readonly rule?: number
  /** What the scale reaches at least; default what the bars reach. */
  readonly high?: number
}

/** Pixels beside the plot. */
const left = 38
const right = 4

/** One bar a token; the one under the pointer is named. */
export function TokenBars({ title, values, tokens, colour, width, pointed, onPoint, rule, high = 0 }: TokenBarsProps) {
  const most = Array.from(values).reduce((top, value) => (value > top ? value : top), Math.max(high, rule ?? 0))
  const shown = pointed !== null && pointed < values.length ? pointed : null
  return (
    <figure className="att-figure">
      <figcaption>
        {title}
        {shown !== null && <strong>{` “${tokenLabel(tokens[shown]!)}”: ${shortNumber(values[shown]!)}`}</strong>}
      </figcaption>
      <Frame
        label={`${title}, one bar for each of ${values.length} tokens; the highest is “${tokenLabel(tokens[highest(values)] ?? '')}” at ${shortNumber(values[highest(values)] ?? 0)}`}
        width={width}
        height={110}
        x={{ kind: 'band', count: values.length, gap: bandGap(width - left - right, values.length, 40, 0.2) }}
        y={{ kind: 'linear', low: 0, high: most > 0 ? most * 1.06 : 1 }}
        margins={{ top: 6, right, bottom: 6, left }}
        onPoint={onPoint}
        under={<Columns values={values} colour={colour} zeros={false} />}
      >
        <AxisY count={3} />
        <BaseLine />
        {rule !== undefined && <Rules of="y" at={[rule]} dash="4 3" />}
        {shown !== null && <Highlight index={shown} count={values.length} width={width} />}
      </Frame>
    </figure>
  )
}

function Highlight({
  index,
  count,
  width,
}: {
  readonly index: number
  readonly count: number
  readonly width: number
}) {
  const step = (width - left - right) / count
  return <rect className="band-highlight" x={left + index * step} y={0} width={Math.max(step, 2)} height={104} />
}

function highest(values: ArrayLike<number>): number {
  let at = 0
  for (let i = 1; i < values.length; i++) if (!(values[at]! >= values[i]!)) at = i
  return at
}
