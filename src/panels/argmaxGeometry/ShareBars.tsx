import { percent } from '../../charts/numberFormat.ts'

export interface ShareBarsProps {
  /** Spoken name of the list. */
  readonly title: string
  /** From 0 to 1, each with its name and CSS colour. */
  readonly shares: readonly { readonly name: string; readonly share: number; readonly colour: string }[]
  /** How a share is written; default in percent. */
  readonly format?: (share: number) => string
}

/** Tokens with bars of their shares, from the largest. */
export function ShareBars({ title, shares, format = percent }: ShareBarsProps) {
  return (
    <ul className="geo-shares" aria-label={title}>
      {shares.map(({ name, share, colour }) => (
        <li key={name}>
          <span className="geo-share-name">{name}</span>
          <span className="geo-share-bar">
            <span style={{ width: `${100 * share}%`, background: colour }} />
          </span>
          <span>{format(share)}</span>
        </li>
      ))}
    </ul>
  )
}
