import { useState } from 'react'
import { shortNumber } from '../../charts/numberFormat.ts'
import { ScrubNumber } from '../../charts/ScrubNumber.tsx'
import type { Edit } from '../contract.ts'
import { short, withBias, withName, withoutToken, withPoint } from './edits.ts'
import { keepsBias, type ArgmaxGeometryExperiment } from './experiment.ts'
import type { TokenInView } from './inView.ts'
import { nameOf } from './naming.ts'
import type { ArgmaxGeometryResult } from './result.ts'
import { rowIn } from './scene.ts'
import { Verdict } from './Verdict.tsx'

export interface TokenCardProps {
  readonly experiment: ArgmaxGeometryExperiment
  readonly result: ArgmaxGeometryResult
  readonly token: TokenInView
  readonly edit: Edit<ArgmaxGeometryExperiment>
}

/** What is known of the token that is looked at, with its proof; its name, place and bias can be changed. */
export function TokenCard({ experiment, result, token, edit }: TokenCardProps) {
  const without = result.W === null ? null : withoutToken(experiment, result, token.token)
  return (
    <section className="geo-card" aria-label={`token ${nameOf(token.token, experiment.names)}`}>
      <div className="geo-card-head">
        <h3>
          Token <Name key={token.token} {...{ experiment, result, edit }} token={token.token} />
        </h3>
        {result.W !== null && (
          <button
            type="button"
            className="tool-button"
            disabled={without === null}
            onClick={() => without && edit(without)}
          >
            Remove
          </button>
        )}
      </div>
      <Verdict token={token} lost={result.unargmaxable} names={experiment.names} box={experiment.box} edit={edit} />
      {result.W !== null && result.dimensions <= 3 && <Numbers {...{ experiment, result, edit }} token={token.token} />}
    </section>
  )
}

type PartProps = Omit<TokenCardProps, 'token'> & { readonly token: number }

function Name({ experiment, result, token, edit }: PartProps) {
  const written = nameOf(token, experiment.names)
  const [typing, setTyping] = useState<string | null>(null)
  const text = typing ?? written
  const commit = () => {
    setTyping(null)
    if (typing !== null && typing.trim() !== '' && typing !== written) edit(withName(experiment, result, token, typing))
  }
  if (result.tokens > 2000) return written
  return (
    <input
      className="geo-name"
      aria-label="name of the token"
      size={Math.max(3, text.length)}
      maxLength={40}
      value={text}
      onChange={(event) => setTyping(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit()
        if (event.key === 'Escape') setTyping(null)
      }}
    />
  )
}

const coordinates = ['first', 'second', 'third']

/** The row and the bias, to scrub or to type. */
function Numbers({ experiment, result, token, edit }: PartProps) {
  const row = Array.from(rowIn(result, token))
  const bias = result.b?.[token] ?? 0
  const span: [number, number] = [-2 * result.reach, 2 * result.reach]
  return (
    <p className="geo-numbers">
      w = (
      {row.map((value, k) => (
        <span key={k}>
          {k > 0 && ', '}
          <ScrubNumber
            value={short(value)}
            label={`${coordinates[k]} coordinate`}
            range={span}
            scale="linear"
            onChange={(to, gesture) =>
              edit({ ...withPoint(experiment, result, token, row.with(k, to)), token }, gesture)
            }
          />
        </span>
      ))}
      ), bias{' '}
      {keepsBias(experiment) ? (
        <ScrubNumber
          value={bias}
          label="bias"
          range={[-5, 5]}
          scale="linear"
          onChange={(to, gesture) => edit({ ...withBias(experiment, result, token, to), token, h: null }, gesture)}
        />
      ) : (
        shortNumber(bias)
      )}
    </p>
  )
}
