import { percent } from '../../charts/numberFormat.ts'
import { variantColour } from '../../charts/variantColour.ts'
import { rowPartNames, rowParts } from './rowParts.ts'

export interface RowBarProps {
  readonly normalizer: string
  /** [T, T], row-major. */
  readonly map: Float32Array
  readonly triggers: readonly boolean[]
  readonly query: number
}

/** One token's row as a stacked bar: what it spends where, and what it leaves unspent as an empty outline. */
export function RowBar({ normalizer, map, triggers, query }: RowBarProps) {
  const { spent, unspent } = rowParts(map, triggers, query)
  const parts = [
    ...spent.map((share, i) => ({ name: rowPartNames[i]!, share, look: `is-part-${i}` })),
    { name: 'unspent', share: unspent, look: 'is-unspent' },
  ].filter(({ share }) => share > 0.0005)
  const spoken = parts.map(({ name, share }) => `${percent(share)} ${name}`).join(', ')
  return (
    <>
      <div
        className="sinks-bar"
        role="img"
        aria-label={`${normalizer}, this row: ${spoken}`}
        style={{ color: variantColour(normalizer) }}
      >
        {parts.map(({ name, share, look }) => (
          <span key={name} className={look} style={{ flexGrow: share }} />
        ))}
      </div>
      <ul className="sinks-parts" aria-hidden="true">
        {parts.map(({ name, share, look }) => (
          <li key={name}>
            <span className={look} style={{ color: variantColour(normalizer) }} /> {percent(share)} {name}
          </li>
        ))}
      </ul>
    </>
  )
}
