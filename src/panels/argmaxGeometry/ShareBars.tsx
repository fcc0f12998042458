import { percent } from '../../charts/numberFormat.ts'
import { tokenColour } from './tokenColour.ts'

interface Share {
  /** Two may have one name. */
  readonly token: number
  readonly name: string
  /** 0 to 1. */
  readonly share: number
}

export interface ShareBarsProps {
  /** Spoken name of the list. */
  readonly title: string
  readonly shares: readonly Share[]
  /** How a share is written; default in percent. */
  readonly format?: (share: number) => string
}

/** Tokens with bars of their shares, from the largest. */
export function ShareBars({ title, shares, format = percent }: ShareBarsProps) {
  return (
    <ul className="geo-shares" aria-label={title}>
      {shares.map(({ token, name, share }) => (
        <li key={token}>
          <span className="geo-share-name">{name}</span>
          <span className="geo-share-bar">
            <span style={{ width: `${100 * share}%`, background: tokenColour(token) }} />
          </span>
          <span>{format(share)}</span>
        </li>
      ))}
    </ul>
  )
}
