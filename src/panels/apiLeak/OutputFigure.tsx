import { memo, useMemo, type MouseEvent } from 'react'
import { AxisY } from '../../charts/Axis.tsx'
import { Frame } from '../../charts/Frame.tsx'
import { Points } from '../../charts/Points.tsx'
import { Rules } from '../../charts/Rules.tsx'

export interface OutputFigureProps {
  /** Spoken name. */
  readonly label: string
  /** ln p̂ by token, nats; NaN where it is not known. */
  readonly values: readonly number[]
  /** ln p by token; drawn only if `showsTruth`. */
  readonly truth: readonly number[]
  readonly showsTruth: boolean
  /** Tokens with a ring: those of the last call. */
  readonly ringed: readonly number[]
  /** Tokens with a line: those of the next call. */
  readonly wanted: readonly number[]
  /** Pixels. */
  readonly width: number
  /** A press on a token's place; without it nothing can be pressed. */
  readonly onToken?: (token: number) => void
}

export const outputHeight = 250
const margins = { top: 24, right: 8, bottom: 24, left: 40 }

/** The log-probability of every token, as far as it is known: a place without a dot is what the interface hides. */
export const OutputFigure = memo(function OutputFigure(props: OutputFigureProps) {
  const { label, values, truth, showsTruth, ringed, wanted, width, onToken } = props
  const count = truth.length
  const tokens = useMemo(() => truth.map((_, token) => token), [truth])
  // Rests while dots come in, whatever the truth turns out to be.
  const low = useMemo(() => Math.floor(Math.min(...truth)) - 2, [truth])
  const hidden = tokens.filter((token) => Number.isNaN(values[token]!))
  const radius = count > 400 ? 2 : 3
  const press = (event: MouseEvent<HTMLElement>) => {
    const across = event.clientX - event.currentTarget.getBoundingClientRect().left - margins.left
    const token = Math.floor((across / (width - margins.left - margins.right)) * count)
    if (token >= 0 && token < count) onToken?.(token)
  }
  return (
    // The token can be chosen as a number below, too.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions, jsx-a11y/click-events-have-key-events
    <div className={onToken ? 'leak-output is-open' : 'leak-output'} onClick={onToken && press}>
      <Frame
        label={label}
        width={width}
        height={outputHeight}
        x={{ kind: 'band', count, gap: 0 }}
        y={{ kind: 'linear', low, high: 0.5 }}
        margins={margins}
      >
        <AxisY count={5} title="log-probability, nats" />
        <Rules of="x" at={wanted} stroke="var(--bar-edge)" dash="2 3" />
        <Points xs={hidden} ys={hidden.map(() => low)} fill="var(--bar-edge)" radius={1.5} hollow />
        {showsTruth && <Points xs={tokens} ys={truth} fill="var(--ink-soft)" radius={radius} shape="cross" />}
        <Points
          xs={tokens}
          ys={values.map((value) => Math.max(value, low))}
          fill="var(--exponential-1)"
          radius={radius}
        />
        <Points
          xs={ringed}
          ys={ringed.map((token) => Math.max(values[token] ?? NaN, low))}
          fill="var(--exponential-1)"
          radius={radius + 2.5}
          hollow
        />
        <Points
          xs={ringed}
          ys={ringed.map((token) => Math.max(values[token] ?? NaN, low))}
          fill="var(--exponential-1)"
          radius={radius}
        />
        <g className="axis" aria-hidden="true">
          <text x={width - margins.right} y={outputHeight - 6} textAnchor="end">
            token 0 to {count - 1}
          </text>
        </g>
      </Frame>
    </div>
  )
})
