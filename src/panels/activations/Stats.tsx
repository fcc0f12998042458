import { memo } from 'react'
import { shortNumber } from '../../charts/numberFormat.ts'
import type { RowStats } from '../../math/rowStats.ts'

export interface StatsProps {
  readonly stats: RowStats
  /** Entries of the row, masked ones included. */
  readonly n: number
}

/** A divergence below this is rounding of its sum. */
const rounding = 1e-14

/** A weight row in numbers. */
export const Stats = memo(function Stats({ stats, n }: StatsProps) {
  const { sum, unspent, support, masked, max, entropyNats, entropyBits, effectiveEntries, klNats } = stats
  const number = (value: number | null, unit = '') =>
    value === null ? '–' : `${shortNumber(value)}${unit && ` ${unit}`}`
  return (
    <dl className="stats">
      <Stat term="sum" about="All weights added up">
        {number(sum)}
      </Stat>
      <Stat term="unspent" about="What is missing to 1">
        {unspent > 0 ? number(unspent) : '–'}
      </Stat>
      <Stat term="max" about="The largest weight">
        {number(max)}
      </Stat>
      <Stat term="support" about="Entries with a weight above 0">
        {shortNumber(support, 7)} of {shortNumber(n - masked, 7)}
      </Stat>
      <Stat term="entropy" about="−Σ p ln p of the weights over their sum">
        {number(entropyNats, 'nat')}
      </Stat>
      <Stat term="in bits" about="The same, −Σ p log₂ p">
        {number(entropyBits, 'bit')}
      </Stat>
      <Stat term="effective" about="exp(entropy): how many equal weights would have this entropy">
        {number(effectiveEntries)}
      </Stat>
      <Stat
        term="KL, softmax"
        about="Σ p ln(p / softmax) of the weights over their sum: how far from softmax of the same logits"
      >
        {klNats !== null && klNats > 0 && klNats < rounding ? '< 1e−14 nat' : number(klNats, 'nat')}
      </Stat>
    </dl>
  )
})

function Stat({
  term,
  about,
  children,
}: {
  readonly term: string
  readonly about: string
  readonly children: React.ReactNode
}) {
  return (
    <div>
      <dt title={about}>{term}</dt>
      <dd>{children}</dd>
    </div>
  )
}
