import type { ReactNode } from 'react'
import { percent } from '../../charts/numberFormat.ts'
import { ScrubNumber } from '../../charts/ScrubNumber.tsx'
import type { Edit } from '../contract.ts'
import { wholeFrom } from '../wholeFrom.ts'
import type { ApiLeakExperiment } from './experiment.ts'
import { guards, type GuardId } from './guards.ts'
import { clearTilt, type GuardCost } from './result.ts'
import { twoDigits } from './twoDigits.ts'

export interface GuardTableProps {
  readonly experiment: ApiLeakExperiment
  /** Null before they were emulated. */
  readonly costs: readonly GuardCost[] | null
  readonly edit: Edit<ApiLeakExperiment>
}

const columns = ['calls an output', 'of it read', 'largest error, nats', 'd found', 'calls for d'] as const

/** A switch for each guard, and what it alone costs the attacker. */
export function GuardTable({ experiment, costs, edit }: GuardTableProps) {
  const open = costs?.find(({ id }) => id === null)
  const toggle = (id: GuardId) =>
    edit({
      guards: experiment.guards.includes(id)
        ? experiment.guards.filter((each) => each !== id)
        : [...experiment.guards, id],
    })
  return (
    <>
      <p className="leak-guards-head">
        Guards: switch one on, and the attack above meets it. The numbers are of each alone, emulated, for an attacker
        who does the best that this panel knows.
      </p>
      {/* A region that scrolls must take the focus, or the keyboard cannot scroll it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="leak-guards" role="group" aria-label="Guards and what they cost the attacker" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">guard</th>
              {columns.map((title) => (
                <th key={title} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">none</th>
              <Costs cost={open} open={open} />
            </tr>
            {guards.map(({ id, label, about }) => (
              <tr key={id} className={experiment.guards.includes(id) ? 'is-on' : undefined}>
                <th scope="row">
                  <label title={about}>
                    <input type="checkbox" checked={experiment.guards.includes(id)} onChange={() => toggle(id)} />{' '}
                    {label}
                  </label>
                  <Strength id={id} experiment={experiment} edit={edit} />
                </th>
                <Costs cost={costs?.find((each) => each.id === id)} open={open} />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

interface CostsProps {
  readonly cost: GuardCost | undefined
  readonly open: GuardCost | undefined
}

/** Each with its column's title, which a narrow page writes beside it instead of above. */
function Costs({ cost, open }: CostsProps) {
  return columns.map((title, k) => (
    <td key={title} data-title={title}>
      {cost && open ? cells(cost, open)[k] : '…'}
    </td>
  ))
}

/** In the order of the columns. */
function cells({ calls, seen, error, found, tilt, callsToFind }: GuardCost, open: GuardCost): ReactNode[] {
  const times = calls / open.calls
  return [
    <>
      {calls.toLocaleString('en-US')}
      {times >= 1.5 && seen > 0.999 && <small> × {Math.round(times)}</small>}
    </>,
    seen > 0.9999 ? 'all' : percent(seen),
    Number.isNaN(error) ? '' : twoDigits(error),
    found === null ? 'impossible' : tilt > clearTilt ? `at least ${found}` : found,
    found === null ? '' : callsToFind.toLocaleString('en-US'),
  ]
}

function Strength({ id, experiment, edit }: Pick<GuardTableProps, 'experiment' | 'edit'> & { readonly id: GuardId }) {
  if (id === 'noise')
    return (
      <>
        {' of '}
        <ScrubNumber
          value={experiment.noise}
          label="noise"
          unit="nats"
          range={[1e-6, 1]}
          scale="log"
          problem={(value) => (value >= 1e-9 && value <= 10 ? null : 'from 1e-9 to 10')}
          onChange={(noise, gesture) => edit({ noise }, gesture)}
        />
      </>
    )
  if (id === 'rounding')
    return (
      <>
        {' to '}
        <ScrubNumber
          value={experiment.coarse}
          label="decimals left by the rounding guard"
          unit={experiment.coarse === 1 ? 'decimal' : 'decimals'}
          range={[0, 6]}
          scale="linear"
          multipleOf={1}
          problem={wholeFrom(0, 6)}
          onChange={(coarse, gesture) => edit({ coarse }, gesture)}
        />
      </>
    )
  return null
}
