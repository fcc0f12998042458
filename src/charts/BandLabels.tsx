import { memo } from 'react'
import { useFrame } from './Frame.tsx'

export interface BandNamesProps {
  readonly names: readonly string[]
}

/** Average width of a letter of 11 px; pixels. */
const letter = 6.1

/** How many bands one written name stands for: numbers are never cut, and count in round steps; words keep three letters. */
function namesEvery(names: readonly string[], step: number): number {
  const numbers = names.every((name) => /^\d+$/.test(name))
  const longest = Math.max(1, ...names.map((name) => (numbers ? name.length : Math.min(name.length, 3))))
  const least = ((longest + 1) * letter) / Math.max(step, 1e-6)
  if (least <= 1 || !numbers) return Math.max(1, Math.ceil(least))
  return [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].find((every) => every >= least) ?? names.length
}

/** Names below their bands, cut to their room; where there is none, only some of them are written. */
export const BandNames = memo(function BandNames({ names }: BandNamesProps) {
  const { x, bottom, left, right } = useFrame('BandNames')
  const step = names.length === 0 ? 0 : (right - left) / names.length
  const every = namesEvery(names, step)
  const letters = Math.max(1, Math.floor((step * every - 3) / letter))
  return (
    <g className="band-names" aria-hidden="true">
      {names.map((name, i) =>
        i % every === 0 ? (
          <text key={i} x={x(i)} y={bottom + 14} textAnchor="middle">
            {name.length > letters ? `${name.slice(0, Math.max(1, letters - 1))}…` : name}
          </text>
        ) : null,
      )}
    </g>
  )
})

export interface BandValuesProps {
  /** Where a label stands, in data units: at the far end of the bar. */
  readonly at: ArrayLike<number>
  /** What it says; an empty text draws nothing. */
  readonly texts: readonly string[]
  /** The entry whose label is left out, since something else says it; default none. */
  readonly except?: number | null
}

/** A number at the end of each bar. */
export const BandValues = memo(function BandValues({ at, texts, except = null }: BandValuesProps) {
  const { x, y } = useFrame('BandValues')
  return (
    <g className="band-values" aria-hidden="true">
      {texts.map((text, i) =>
        text === '' || i === except || !Number.isFinite(at[i]) ? null : (
          <text key={i} x={x(i)} y={y(at[i]!) + (at[i]! < 0 ? 14 : -5)} textAnchor="middle">
            {text}
          </text>
        ),
      )}
    </g>
  )
})

export interface BandHighlightProps {
  /** Which band, or null for none. */
  readonly index: number | null
}

/** A tint behind one band, from top to bottom. */
export function BandHighlight({ index }: BandHighlightProps) {
  const { x, bandwidth, top, bottom } = useFrame('BandHighlight')
  if (index === null) return null
  const width = Math.max(bandwidth * 1.3, 3)
  return <rect className="band-highlight" x={x(index) - width / 2} y={top} width={width} height={bottom - top} />
}

export interface BandReadoutProps {
  /** Which band, or null for none. */
  readonly index: number | null
  /** Where the text stands, in data units. */
  readonly at: number
  readonly text: string
}

/** The exact number of the band one points at; it stays inside the frame. */
export function BandReadout({ index, at, text }: BandReadoutProps) {
  const { x, y, left, right, top } = useFrame('BandReadout')
  if (index === null) return null
  const half = (text.length * letter * 1.1) / 2
  const centre = Math.min(Math.max(x(index), left + half), right - half)
  const level = Number.isFinite(at) ? y(at) : y(0)
  return (
    <text className="band-readout" aria-hidden="true" x={centre} y={Math.max(level - 7, top - 2)} textAnchor="middle">
      {text}
    </text>
  )
}
