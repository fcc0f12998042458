import { AxisX } from '../../charts/Axis.tsx'
import { decades } from '../../charts/decades.ts'
import { Frame } from '../../charts/Frame.tsx'
import { Points } from '../../charts/Points.tsx'
import { Rules } from '../../charts/Rules.tsx'
import { useWidth } from '../../charts/useWidth.ts'
import type { SuspectReading } from './result.ts'
import { twoDigits } from './twoDigits.ts'

export interface ResidualRowsProps {
  readonly suspects: readonly SuspectReading[]
  /** The id of the one that is looked at. */
  readonly chosen: string
}

const rowHeight = 24
/** Pixels; the number at the left end stands half beyond it. */
const margins = { left: 14, right: 8 } as const

/** The share of a suspect's first output that lies outside the first model's image, on a log scale. */
export function ResidualRows({ suspects, chosen }: ResidualRowsProps) {
  const [element, width] = useWidth<HTMLDivElement>()
  const all = suspects.flatMap(({ residual, residualLimit }) => [residual, residualLimit]).filter((value) => value > 0)
  const low = 10 ** Math.floor(Math.log10(Math.min(0.1, ...all)))
  const x = { kind: 'log', low, high: 2 } as const
  const place = { width, x, y: { kind: 'linear', low: -1, high: 1 } } as const
  return (
    <div className="leak-residuals">
      <h3>Share of an output outside the image</h3>
      <div ref={element}>
        {width > 0 && (
          <>
            {suspects.map(({ id, label, residual, residualLimit }) => (
              <div key={id} className={id === chosen ? 'leak-residual is-chosen' : 'leak-residual'}>
                <p>
                  <span>{label}</span> <span>{twoDigits(residual)}</span>
                </p>
                <Frame
                  {...place}
                  label={`${label}: residual ${twoDigits(residual)}; errors alone reach ${twoDigits(residualLimit)}`}
                  height={rowHeight}
                  margins={margins}
                >
                  <Rules of="y" at={[0]} stroke="var(--hairline)" />
                  <Rules of="x" at={Number.isNaN(residualLimit) ? [] : [residualLimit]} dash="3 3" />
                  <Points
                    xs={[Math.max(residual, low)]}
                    ys={[0]}
                    fill={residual > residualLimit ? 'var(--sparse-1)' : 'var(--exponential-1)'}
                    shape={residual > residualLimit ? 'square' : 'circle'}
                    radius={5}
                  />
                </Frame>
              </div>
            ))}
            <Frame {...place} label="Scale of the residuals" height={34} margins={{ ...margins, bottom: 32 }}>
              <AxisX ticks={decades(low, x.high, 5)} title="residual; dashed: what errors alone reach" />
            </Frame>
          </>
        )}
      </div>
    </div>
  )
}
