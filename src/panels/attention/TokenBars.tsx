import { AxisY, BaseLine } from '../../charts/Axis.tsx'
import { bandGap } from '../../charts/bandGap.ts'
import { Columns } from '../../charts/Columns.tsx'
import { Frame } from '../../charts/Frame.tsx'
import { shortNumber } from '../../charts/numberFormat.ts'
import { Rules } from '../../charts/Rules.tsx'
import { namesBelow } from './nameAxis.ts'
import { tokenLabel } from './tokenLabel.ts'
import { NamesBelow } from './TokenNames.tsx'

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
/** Of the plot and what is above it. */
const bottom = 104

/** One bar a token, with as many names below as there is room for; the one under the pointer is read above. */
export function TokenBars({ title, values, tokens, colour, width, pointed, onPoint, rule, high = 0 }: TokenBarsProps) {
  const most = Array.from(values).reduce((top, value) => (value > top ? value : top), Math.max(high, rule ?? 0))
  const step = (width - left - right) / values.length
  const named = tokens.slice(0, values.length)
  const axis = namesBelow(named, step)
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
        height={bottom + 6 + axis.depth}
        x={{ kind: 'band', count: values.length, gap: bandGap(width - left - right, values.length, 40, 0.2) }}
        y={{ kind: 'linear', low: 0, high: most > 0 ? most * 1.06 : 1 }}
        margins={{ top: 6, right, bottom: 6 + axis.depth, left }}
        onPoint={onPoint}
        under={<Columns values={values} colour={colour} zeros={false} />}
      >
        <AxisY count={3} />
        <BaseLine />
        {rule !== undefined && <Rules of="y" at={[rule]} dash="4 3" />}
        <NamesBelow tokens={named} from={left} across={bottom} {...{ axis, step }} />
        {shown !== null && (
          <rect className="band-highlight" x={left + shown * step} y={0} width={Math.max(step, 2)} height={bottom} />
        )}
      </Frame>
    </figure>
  )
}

function highest(values: ArrayLike<number>): number {
  let at = 0
  for (let i = 1; i < values.length; i++) if (!(values[at]! >= values[i]!)) at = i
  return at
}
