import { useState } from 'react'
import { ChoiceWord } from '../charts/ChoiceWord.tsx'
import { shortNumber } from '../charts/numberFormat.ts'
import { ScrubNumber } from '../charts/ScrubNumber.tsx'
import type { MatrixReference } from './matrixFields.ts'
import { fits, type MatrixLimit, type MatrixOffer } from './matrixSource.ts'
import { leastCount, mostCount, rangeOf, spanOf, withCount, type Span } from './span.ts'
import { wholeFrom } from './wholeFrom.ts'

type Part = Pick<MatrixReference, 'rows' | 'columns'>

export interface PartWordsProps {
  readonly choices: readonly MatrixOffer[]
  /** What the experiment takes. */
  readonly taken: Part & Pick<MatrixReference, 'tensor'>
  readonly limit: MatrixLimit
  readonly onChoose: (part: Part, gesture?: string) => void
}

/** How much of a matrix is taken: all of it, or some rows and columns; nothing before the file was read. */
export function PartWords({ choices, taken, limit, onChoose }: PartWordsProps) {
  const [wanted, want] = useState(false)
  const whole = choices.find(({ tensor }) => tensor === taken.tensor) ?? (choices.length === 1 ? choices[0] : undefined)
  if (whole === undefined) return null
  const rows = spanOf(taken.rows, whole.rows)
  const columns = spanOf(taken.columns, whole.cols)
  const inPart = wanted || taken.rows !== null || taken.columns !== null
  const all = fits(whole, limit)
  return (
    <span role="group" aria-label="part of the matrix">
      Taken:{' '}
      {all && (
        <ChoiceWord
          label="how much of the matrix is taken"
          value={inPart ? 'part' : 'all'}
          options={[
            { id: 'all', label: 'all of it' },
            { id: 'part', label: 'a part' },
          ]}
          onChange={(id) => {
            want(id === 'part')
            if (id === 'all') onChoose({ rows: null, columns: null })
          }}
        />
      )}
      {(inPart || !all) && (
        <>
          {all && ': '}
          <SpanWords
            {...{ one: 'row', many: 'rows', span: rows, size: whole.rows, least: leastCount }}
            beside={`${entire(columns.count)} columns`}
            most={mostCount(columns.count, whole.rows, limit)}
            onChange={(span, gesture) => onChoose({ rows: rangeOf(span, whole.rows), columns: taken.columns }, gesture)}
          />
          {'; '}
          <SpanWords
            {...{ one: 'column', many: 'columns', span: columns, size: whole.cols }}
            least={limit.leastColumns ?? leastCount}
            beside={`${entire(rows.count)} rows`}
            most={mostCount(rows.count, whole.cols, limit)}
            onChange={(span, gesture) => onChoose({ rows: taken.rows, columns: rangeOf(span, whole.cols) }, gesture)}
          />
        </>
      )}
      .
    </span>
  )
}

interface SpanWordsProps {
  readonly one: string
  readonly many: string
  readonly span: Span
  readonly size: number
  readonly least: number
  /** How many may be taken together with `beside`. */
  readonly most: number
  /** What is taken of the other side: `64 columns`. */
  readonly beside: string
  readonly onChange: (span: Span, gesture: string) => void
}

const entire = (value: number) => shortNumber(value, 9)

function SpanWords({ one, many, span, size, least, most, beside, onChange }: SpanWordsProps) {
  const last = size - span.count
  return (
    <>
      <ScrubNumber
        value={span.count}
        label={`${many} taken`}
        range={[least, most]}
        scale="log"
        multipleOf={1}
        format={entire}
        problem={(value) =>
          value > most && value <= size
            ? `at most ${entire(most)} with ${beside}`
            : wholeFrom(least, size, entire)(value)
        }
        onChange={(count, gesture) => onChange(withCount(span, count, size), gesture)}
      />{' '}
      of {entire(size)} {many}
      {last > 0 && (
        <>
          {' '}
          from {one}{' '}
          <ScrubNumber
            value={span.first}
            label={`first ${one}, counted from 0`}
            range={[0, last]}
            scale="linear"
            multipleOf={1}
            format={entire}
            problem={wholeFrom(0, last, entire)}
            onChange={(first, gesture) => onChange({ first, count: span.count }, gesture)}
          />
        </>
      )}
    </>
  )
}
