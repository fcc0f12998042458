import { percent, shortNumber as written } from '../../charts/numberFormat.ts'
import { Term } from '../../charts/Term.tsx'
import type { AttentionResult } from './result.ts'

export interface HeadStatsProps {
  readonly result: AttentionResult
  readonly layer: number
  readonly head: number
}

/** One token alone has no others to compare with. */
const shortNumber = (value: number): string => (Number.isNaN(value) ? '–' : written(value))

/** The looked-at head in numbers. */
export function HeadStats({ result, layer, head }: HeadStatsProps) {
  const { maps, alpha0, alpha0ExcludingFirst, uniformAlpha0, tokens, model, valueRatio } = result
  const stats = maps[layer]![head]!
  const group = model === null ? 0 : Math.floor((head * model.kvHeads) / model.heads)
  const ratio = valueRatio[layer]?.[group]
  const cells: readonly (readonly [string, string, string])[] = [
    [
      'α, first token',
      shortNumber(alpha0[layer]![head]!),
      `Mean weight of the first token over the queries that see it; ${uniformAlpha0.toFixed(3)} if it were spread evenly.`,
    ],
    [
      'without query 1',
      shortNumber(alpha0ExcludingFirst[layer]![head]!),
      'The same without query 1, which sees nothing but the first token.',
    ],
    ['on itself', shortNumber(stats.onSelf), 'Mean weight of a query on its own token, from query 2 on.'],
    ['on previous', shortNumber(stats.onPrevious), 'Mean weight of a query on the token before it.'],
    ['row mass', shortNumber(stats.rowMass), 'Mean sum of a row; below 1, the rest is unspent.'],
    ['exact zeros', percent(stats.zeros), 'Share of the visible entries that are exactly 0.'],
    ['below 10⁻⁴', percent(stats.tiny), 'Share of the visible entries below 0.0001 in size, zeros among them.'],
    ['dead rows', `${stats.deadRows} of ${tokens.length}`, 'Rows in which every weight is exactly 0.'],
    ...(ratio === undefined
      ? []
      : [
          [
            '‖v₁‖ / ‖v‖',
            shortNumber(ratio),
            'Length of the first token’s value over the mean of the others’: well below 1, the sink gives nothing.',
          ] as const,
        ]),
  ]
  return (
    <dl className="att-stats">
      {cells.map(([name, value, about]) => (
        <div key={name}>
          <dt>
            <Term about={about}>{name}</Term>
          </dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
