import { useRef, type KeyboardEvent } from 'react'
import { variantColour } from '../../charts/variantColour.ts'
import { weightLabel } from '../../charts/numberFormat.ts'

export interface SinkGridProps {
  /** α of the first token, [layers][heads]. */
  readonly alpha0: readonly (readonly number[])[]
  readonly epsilon: number
  /** Id of each head's normalizer; decides the hue. */
  readonly normalizerAt: (layer: number, head: number) => string
  readonly layer: number
  readonly head: number
  readonly onChoose: (layer: number, head: number) => void
  /** Pixels. */
  readonly width: number
}

/** Layers downwards, heads to the right; a cell is as dark as its α, and framed where that is above ε. Choose one. */
export function SinkGrid({ alpha0, epsilon, normalizerAt, layer, head, onChoose, width }: SinkGridProps) {
  const grid = useRef<HTMLTableElement>(null)
  const heads = alpha0[0]?.length ?? 0
  const cell = Math.min(44, Math.floor((width - 28) / Math.max(1, heads)))
  const onKeyDown = (event: KeyboardEvent) => {
    const [down, right] = steps[event.key] ?? [0, 0]
    const [l, h] = [layer + down, head + right]
    if ((down === 0 && right === 0) || alpha0[l]?.[h] === undefined) return
    event.preventDefault()
    onChoose(l, h)
    grid.current?.querySelector<HTMLElement>(`[data-head="${l} ${h}"]`)?.focus()
  }
  return (
    <table ref={grid} className="att-grid" aria-label="α of the first token, layers by heads">
      <thead>
        <tr>
          <th scope="col">
            <span className="att-hidden">layer</span>
          </th>
          {alpha0[0]?.map((_, h) => (
            <th key={h} scope="col">
              {cell >= 18 || h % 4 === 0 ? h + 1 : ''}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {alpha0.map((row, l) => (
          <tr key={l}>
            <th scope="row">{l + 1}</th>
            {row.map((alpha, h) => (
              <td key={h}>
                <button
                  type="button"
                  data-head={`${l} ${h}`}
                  className={alpha > epsilon ? 'att-head is-sink' : 'att-head'}
                  aria-pressed={l === layer && h === head}
                  aria-label={`layer ${l + 1}, head ${h + 1}: α ${shown(alpha)} (${alpha.toFixed(3)})${alpha > epsilon ? ', a sink' : ''}`}
                  tabIndex={l === layer && h === head ? 0 : -1}
                  style={{
                    width: cell,
                    height: Math.max(22, Math.min(cell, 30)),
                    color: variantColour(normalizerAt(l, h)),
                  }}
                  onClick={() => onChoose(l, h)}
                  onKeyDown={onKeyDown}
                >
                  <span className="att-fill" style={{ opacity: darkest * Math.sqrt(Math.max(0, alpha)) }} />
                  {cell >= 30 && <span className="att-number">{shown(alpha)}</span>}
                </button>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Of a cell, so that its number can be read on it in either theme. */
const darkest = 0.5

const shown = (alpha: number): string => weightLabel(alpha) || '0'

const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}
