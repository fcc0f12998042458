import { afterEach, expect, it } from 'vitest'
import '../../src/charts/tokens.css'
import '../../src/charts/charts.css'
import { CellGrid } from '../../src/charts/CellGrid.tsx'
import { rendered } from './rendered.tsx'

type Channels = readonly number[]

const channels = (colour: string): Channels =>
  colour
    .match(/[\d.]+/g)!
    .slice(0, 3)
    .map((each) => Number(each) / 255)

/** WCAG 2.2, relative luminance. */
function luminance(colour: Channels): number {
  const [r, g, b] = colour.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}

function contrast(one: Channels, other: Channels): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (high! + 0.05) / (low! + 0.05)
}

/** WCAG 2.2, of text. */
const least = 4.5

const shares = Array.from({ length: 100 }, (_, i) => [(i + 1) / 100])

afterEach(() => {
  document.documentElement.removeAttribute('data-theme')
})

it.each([
  ['light', '--exponential-1'],
  ['light', '--rectified-1'],
  ['dark', '--exponential-1'],
  ['dark', '--rectified-1'],
])('in the %s theme a number on any share of %s has a contrast of 4.5:1 or more', async (theme, colour) => {
  document.documentElement.setAttribute('data-theme', theme)
  const place = await rendered(
    <div className="ground" style={{ background: 'var(--surface)' }}>
      <CellGrid
        label="shares"
        rows={shares}
        rowNames={shares.map(String)}
        columnNames={['t']}
        width={120}
        rowHeight={20}
        colour={`var(${colour})`}
      />
    </div>,
  )
  const ground = channels(getComputedStyle(place.querySelector('.ground')!).backgroundColor)
  const numbers = [...place.querySelectorAll('rect + text')]
  expect(numbers).toHaveLength(shares.length)
  const weak = numbers.filter((number) => {
    const fill = getComputedStyle(number.previousElementSibling!)
    const share = Number(fill.fillOpacity) * Number(fill.opacity)
    const drawn = channels(fill.fill).map((c, i) => share * c + (1 - share) * ground[i]!)
    return contrast(channels(getComputedStyle(number).fill), drawn) < least
  })
  expect(weak.map(({ textContent }) => textContent)).toEqual([])
})
