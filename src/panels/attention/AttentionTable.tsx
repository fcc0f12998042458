import { FigureTable } from '../../charts/FigureTable.tsx'
import { tokenLabel } from './tokenLabel.ts'
import type { AttentionResult } from './result.ts'

/** All digits: whoever opens the table wants the numbers. */
const exact = (value: number | undefined): string => (value === undefined ? '' : String(value))

const mostRows = 400

/** The numbers behind the pictures: by head, by block, by token. */
export function AttentionTable({ result }: { readonly result: AttentionResult }) {
  const { alpha0, alpha0ExcludingFirst, maps, hidden, tokens, nll } = result
  const heads = alpha0.flatMap((row, layer) => row.map((_, head) => ({ layer, head })))
  const column = (title: string, of: (at: (typeof heads)[number]) => number) => ({
    title,
    cells: heads.slice(0, mostRows).map((at) => exact(of(at))),
  })
  const statsOf = ({ layer, head }: (typeof heads)[number]) => maps[layer]![head]!
  return (
    <>
      <FigureTable
        caption="By head"
        rowTitle="layer, head"
        rows={heads.slice(0, mostRows).map(({ layer, head }) => `${layer + 1}, ${head + 1}`)}
        omitted={Math.max(0, heads.length - mostRows)}
        columns={[
          column('α of the first token', ({ layer, head }) => alpha0[layer]![head]!),
          column('without query 1', ({ layer, head }) => alpha0ExcludingFirst[layer]![head]!),
          column('exact zeros', (at) => statsOf(at).zeros),
          column('below 10⁻⁴', (at) => statsOf(at).tiny),
          column('row mass', (at) => statsOf(at).rowMass),
          column('dead rows', (at) => statsOf(at).deadRows),
          column('on itself', (at) => statsOf(at).onSelf),
          column('on previous', (at) => statsOf(at).onPrevious),
        ]}
      />
      {hidden.length > 0 && (
        <FigureTable
          caption="Residual stream by block"
          rowTitle="after block"
          rows={hidden.map((_, depth) => (depth === 0 ? 'embeddings' : String(depth)))}
          columns={[
            { title: 'kurtosis', cells: hidden.map(({ kurtosis }) => exact(kurtosis)) },
            { title: 'max |h|', cells: hidden.map(({ max }) => exact(max)) },
            { title: 'median |h|', cells: hidden.map(({ median }) => exact(median)) },
            { title: 'max/median', cells: hidden.map(({ maxOverMedian }) => exact(maxOverMedian)) },
            {
              title: 'largest: value at token, dimension',
              cells: hidden.map(({ top }) =>
                top
                  .map(
                    ({ value, token, dimension }) =>
                      `${value.toPrecision(4)} at “${tokenLabel(tokens[token]!)}” (${token + 1}), ${dimension}`,
                  )
                  .join('; '),
              ),
            },
          ]}
        />
      )}
      {nll && (
        <FigureTable
          caption="By token"
          rowTitle="token"
          rows={tokens.slice(0, mostRows).map((token, i) => `${i + 1} ${tokenLabel(token)}`)}
          columns={[{ title: '−ln p, nats', cells: tokens.slice(0, mostRows).map((_, i) => exact(nll[i - 1])) }]}
          omitted={Math.max(0, tokens.length - mostRows)}
        />
      )}
    </>
  )
}
