import { shortNumber } from '../../charts/numberFormat.ts'
import type { OutputMove, ReadingStrategy } from '../../math/bottleneck/outputMoves.ts'
import type { Reading } from './result.ts'
import { twoDigits } from './twoDigits.ts'

export interface ExchangeProps {
  /** The last move, or null for none. */
  readonly move: OutputMove | null
  readonly strategy: ReadingStrategy
  readonly reading: Reading
}

const formulas: Readonly<Record<ReadingStrategy, string>> = {
  unbiased: '',
  anchored: 'ln p = y′ − y′(anchor) + ln p(anchor)',
  batch: 'ln p = y′ − ln(eᵇ (1 − S′) + S′), S′ the sum of the answered p′',
  'least bias': 'ln p = y′ − ln(eᵇ (1 − p′) + p′), at the least bias b that makes the token win',
  bisection: 'ln p = ln p(top) − b, at the least bias b that makes the token win',
}

/** The most rows that are written. */
const mostRows = 8

/** What was sent, what came back, what follows, and how far it is from the truth. */
export function Exchange({ move, strategy, reading }: ExchangeProps) {
  if (move === null) return <p className="leak-note">Nothing was asked yet.</p>
  const answers = new Map(move.reply.map(({ token, logProbability }) => [token, logProbability]))
  const asked = move.anchor === null ? move.tokens : [move.anchor, ...move.tokens]
  const plain = move.bias === 0 && move.calls === 1
  const { truth, recovered } = reading
  return (
    <div className="leak-exchange">
      <h3>The last call</h3>
      <p>
        {plain
          ? 'The prompt, no bias.'
          : move.calls === 1
            ? `The prompt, and a bias of +${shortNumber(move.bias)} on ${move.tokens.length} tokens${move.anchor === null ? '' : ' and the anchor'}.`
            : `${move.calls} calls, halving the bias on token ${move.tokens[0]}, down to +${shortNumber(move.bias, 8)}.`}
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">token</th>
            <th scope="col">answer y′</th>
            <th scope="col">ln p</th>
            <th scope="col">off by</th>
          </tr>
        </thead>
        <tbody>
          {asked.slice(0, mostRows).map((token) => (
            <tr key={token}>
              <th scope="row">
                {token}
                {token === move.anchor && ' (anchor)'}
              </th>
              <td>{answer(answers.get(token))}</td>
              <td>{number(recovered[token]!)}</td>
              <td>{Number.isNaN(recovered[token]!) ? '' : twoDigits(Math.abs(recovered[token]! - truth[token]!))}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {asked.length > mostRows && <p className="leak-note">and {asked.length - mostRows} more</p>}
      <p className="leak-note">
        {!plain && formulas[strategy] !== '' && <span className="leak-formula">{formulas[strategy]}</span>} What it is
        off by, only the emulation knows.
      </p>
    </div>
  )
}

const number = (value: number) => (Number.isNaN(value) ? 'lost' : value.toFixed(7).replace('-', '−'))

function answer(value: number | undefined): string {
  if (value === undefined) return 'not shown'
  return Number.isNaN(value) ? 'its name' : String(Number(value.toFixed(12))).replace('-', '−')
}
