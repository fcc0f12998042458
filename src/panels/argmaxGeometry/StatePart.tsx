import { shortNumber } from '../../charts/numberFormat.ts'
import type { Edit } from '../contract.ts'
import type { ArgmaxGeometryExperiment } from './experiment.ts'
import type { StateInView } from './inView.ts'
import { nameOf } from './naming.ts'
import { ShareBars } from './ShareBars.tsx'

export interface StatePartProps {
  readonly experiment: ArgmaxGeometryExperiment
  readonly state: StateInView
  /** Tokens that can never win. */
  readonly lost: readonly number[]
  /** The token that is looked at. */
  readonly token: number
  readonly edit: Edit<ArgmaxGeometryExperiment>
}

const shown = 5

/** Who wins at the hidden state, and with what probabilities. */
export function StatePart({ experiment, state, lost, token, edit }: StatePartProps) {
  const { names, h } = experiment
  const { order, probabilities, winner } = state
  const first = order.slice(0, shown)
  const listed = first.includes(token) ? first : [...first, token]
  return (
    <section className="geo-state" aria-label="at the hidden state">
      <div className="geo-card-head">
        <h3>{winner === null ? 'Nobody wins alone here' : `${nameOf(winner, names)} wins here`}</h3>
        {h !== null && (
          <button type="button" className="tool-button" onClick={() => edit({ h: null })}>
            Best h for {nameOf(token, names)}
          </button>
        )}
      </div>
      <ShareBars
        title="softmax of W h + b"
        shares={listed.map((each) => ({
          token: each,
          name: nameOf(each, names),
          share: probabilities[each]!,
          isLost: lost.includes(each),
        }))}
      />
      {state.h.length <= 3 && (
        <p className="geo-soft">
          h = ({Array.from(state.h, (x) => shortNumber(x)).join(', ')})
          {h === null && winner !== token && `: where ${nameOf(token, names)} does best`}
        </p>
      )}
    </section>
  )
}
