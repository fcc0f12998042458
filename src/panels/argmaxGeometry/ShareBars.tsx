import { percent } from '../../charts/numberFormat.ts'
import { tokenColour } from './tokenColour.ts'

interface Share {
  /** Two may have one name. */
  readonly token: number
  readonly name: string
  /** 0 to 1. */
  readonly share: number
  /** Whether it can never win: drawn as an outline, as in the picture. */
  readonly isLost: boolean
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
  const colours = shares.map(({ token }) => tokenColour(token))
  return (
    <ul className="geo-shares" aria-label={title}>
      {shares.map(({ token, name, share, isLost }, k) => (
        <li key={token}>
          <span className="geo-share-name">{name}</span>
          <span className="geo-share-bar">
            <span
              className={isLost ? 'is-lost' : textures[before(shares, colours, k) % textures.length]}
              style={{ width: `${100 * share}%`, color: colours[k] }}
            />
          </span>
          <span>{format(share)}</span>
        </li>
      ))}
    </ul>
  )
}

/** Tokens twenty apart share a colour: in one list the second of them is striped, the third striped the other way. */
const textures = ['is-plain', 'is-striped', 'is-crossed'] as const

/** Bars above this one that are filled with its colour. */
const before = (shares: readonly Share[], colours: readonly string[], k: number): number =>
  colours.slice(0, k).filter((colour, other) => colour === colours[k] && !shares[other]!.isLost).length
