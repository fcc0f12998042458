import './table.css'

export interface TableColumn {
  readonly title: string
  /** One text a row. */
  readonly cells: readonly string[]
}

export interface FigureTableProps {
  /** What the table holds. */
  readonly caption: string
  /** Title of the column that names the rows. */
  readonly rowTitle: string
  readonly rows: readonly string[]
  readonly columns: readonly TableColumn[]
  /** Rows left out at the end, said below; default 0. */
  readonly omitted?: number
}

/** The numbers behind a figure. */
export function FigureTable({ caption, rowTitle, rows, columns, omitted = 0 }: FigureTableProps) {
  return (
    // A region that scrolls must take the focus, or the keyboard cannot scroll it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="figure-table" role="group" aria-label={caption} tabIndex={0}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{rowTitle}</th>
            {columns.map(({ title }, i) => (
              <th key={i} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, r) => (
            <tr key={r}>
              <th scope="row">{row}</th>
              {columns.map(({ cells }, i) => (
                <td key={i}>{cells[r]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {omitted > 0 && <p>{omitted.toLocaleString('en-US')} more rows are not shown.</p>}
    </div>
  )
}
