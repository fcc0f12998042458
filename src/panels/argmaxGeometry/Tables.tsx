import { FigureTable } from '../../charts/FigureTable.tsx'
import { listed, nameOf } from './naming.ts'
import type { ArgmaxGeometryResult } from './result.ts'
import { rowIn } from './scene.ts'

export interface TablesProps {
  readonly result: ArgmaxGeometryResult
  readonly names: readonly string[] | null
}

const mostRows = 300

/** The numbers behind the pictures, all digits. */
export function Tables({ result, names }: TablesProps) {
  const { tokens, tested, W, b, dimensions, unargmaxable, undecided, shareByD, shareVocabulary } = result
  // Of many tokens the ones that can never win come first: they are what one looks for.
  const few = tokens <= mostRows
  const shown = few ? Array.from({ length: Math.min(tokens, tested) }, (_, t) => t) : unargmaxable.slice(0, mostRows)
  const of = (values: Readonly<Record<string, number>>) => shown.map((token) => text(values[token]))
  const coordinates = W !== null && dimensions <= 3 ? Array.from({ length: dimensions }, (_, k) => k) : []
  return (
    <div className="geo-tables">
      <FigureTable
        caption={few ? 'Tokens' : 'Tokens that can never win'}
        rowTitle="token"
        rows={shown.map((token) => nameOf(token, names))}
        columns={[
          ...coordinates.map((k) => ({
            title: `w${k + 1}`,
            cells: shown.map((token) => String(rowIn(result, token)[k])),
          })),
          ...(b ? [{ title: 'bias', cells: shown.map((token) => String(b[token])) }] : []),
          {
            title: 'verdict',
            cells: shown.map((token) =>
              result.enclosedBy[token] ? 'can never win' : undecided.includes(token) ? 'undecided' : 'can win',
            ),
          },
          { title: 'wins by', cells: of(result.margin) },
          { title: 'enclosed by', cells: shown.map((token) => listed(result.enclosedBy[token] ?? [], names, 6)) },
          { title: 'error', cells: of(result.error) },
          { title: 'most probable', cells: of(result.ceiling) },
          { title: 'by weights', cells: of(result.bound) },
        ]}
        omitted={few ? 0 : Math.max(0, unargmaxable.length - mostRows)}
      />
      <FigureTable
        caption={`Random layers of ${shareVocabulary} tokens: how many can never win`}
        rowTitle="d"
        rows={shareByD.map(({ d }) => String(d))}
        columns={[
          { title: 'tokens', cells: shareByD.map(({ count }) => String(count)) },
          { title: 'share', cells: shareByD.map(({ share }) => String(share)) },
        ]}
      />
    </div>
  )
}

const text = (value: number | undefined): string => (value === undefined ? '' : String(value))
