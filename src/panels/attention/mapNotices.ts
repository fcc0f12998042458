import type { Maps } from '../../models/language/metrics.ts'

/** How far from 1 a row may sum by rounding alone: bfloat16 keeps eight bits of a weight. */
const rounding = 0.01

interface Row {
  readonly map: number
  readonly query: number
  readonly sum: number
}

/** What a person should know of maps that another program saved: rows that do not sum to 1, and weights below 0. */
export function mapNotices({ layers, heads, tokens, values }: Maps): string[] {
  const place = (map: number, query: number) =>
    `layer ${Math.floor(map / heads) + 1}, head ${(map % heads) + 1}, query ${query + 1}`
  const rows = layers * heads * tokens
  let off = 0
  let furthest: Row = { map: 0, query: 0, sum: 1 }
  let negative = 0
  for (let map = 0; map < layers * heads; map++)
    for (let query = 0; query < tokens; query++) {
      let sum = 0
      for (let key = 0; key <= query; key++) {
        const weight = values[(map * tokens + query) * tokens + key]!
        sum += weight
        if (weight < 0) negative++
      }
      if (Math.abs(sum - 1) > rounding) off++
      if (Math.abs(sum - 1) > Math.abs(furthest.sum - 1)) furthest = { map, query, sum }
    }
  const notices: string[] = []
  if (off > 0)
    notices.push(
      `${off} of ${rows} rows do not sum to 1; the furthest, at ${place(furthest.map, furthest.query)}, sums to ${Number(furthest.sum.toPrecision(4))}. They are measured as they are: softmax was not the last step, or these are not weights.`,
    )
  if (negative > 0) notices.push(`${negative === 1 ? '1 weight is' : `${negative} weights are`} below 0.`)
  return notices
}
