import { useState } from 'react'
import { percent } from '../../charts/numberFormat.ts'
import { Term } from '../../charts/Term.tsx'
import type { Edit } from '../contract.ts'
import type { SinkTrainingResult } from './compute.ts'
import type { SinkTrainingExperiment } from './experiment.ts'
import { groupsOf, indexAt } from './lookedAt.ts'
import { MapPicture, type Cell } from './MapPicture.tsx'
import { NormalizerHead } from './NormalizerHead.tsx'
import { RowBar } from './RowBar.tsx'
import { queryOrder, tokenName } from './rowParts.ts'
import { runName } from './runName.ts'

export interface MapsProps {
  readonly experiment: SinkTrainingExperiment
  readonly result: SinkTrainingResult
  readonly edit: Edit<SinkTrainingExperiment>
}

/** The attention of each model on one sequence, and the row that is pointed at, taken apart. */
export function Maps({ experiment, result, edit }: MapsProps) {
  const { tokens, triggers } = result.sequence
  const T = tokens.length
  const [triggersFirst, setTriggersFirst] = useState(false)
  const [pointed, point] = useState<Cell | null>(null)
  const [head, setHead] = useState(0)
  const heads = result.runs[0]!.maps[0] ? result.runs[0]!.maps[0].length / (T * T) : 1
  const shown = Math.min(head, heads - 1)
  const cell = pointed !== null && pointed.query < T ? pointed : { query: dormantQuery(triggers), key: 0 }
  const name = (at: number) => tokenName(tokens, at)
  const order = queryOrder(triggers, triggersFirst)
  const perLayer = heads / experiment.layers
  return (
    <div>
      <div className="sinks-legend">
        <span className="sinks-key is-trigger">
          a <Term about={about.trigger}>trigger</Term> (T1, T2 or T3): copies the token before it
        </span>
        <span className="sinks-key">
          a <Term about={about.dormant}>dormant token</Term>: has nothing to look up
        </span>
        {heads > 1 && (
          <label>
            head{' '}
            <select value={shown} onChange={(event) => setHead(Number(event.target.value))}>
              {Array.from({ length: heads }, (_, i) => (
                <option key={i} value={i}>
                  {`layer ${Math.floor(i / perLayer) + 1}, head ${(i % perLayer) + 1}`}
                </option>
              ))}
            </select>
          </label>
        )}
        <label>
          <input type="checkbox" checked={triggersFirst} onChange={() => setTriggersFirst(!triggersFirst)} /> triggers
          first
        </label>
      </div>
      <div className="sinks-maps">
        {groupsOf(result.runs).map(({ key, runs }, place) => {
          const run = runs[0]!
          const stopped = runs.find((each) => each.stopped !== null)
          const maps = run.maps[Math.min(indexAt(run, experiment.step), run.maps.length - 1)]
          const map = maps?.subarray(shown * T * T, (shown + 1) * T * T)
          return (
            <section key={key} className="sinks-map" aria-label={run.normalizer}>
              <NormalizerHead
                {...{ experiment, edit, place }}
                normalizer={run.normalizer}
                name={runName(result.runs, run)}
              />
              {map && (
                <>
                  <MapPicture {...{ map, T, triggers, order, cell, point }} normalizer={run.normalizer} />
                  <p className="sinks-readout" aria-live="polite">
                    {name(cell.query)} gives {name(cell.key)}{' '}
                    <b>
                      {map[cell.query * T + cell.key] === 0 ? 'exactly 0' : percent(map[cell.query * T + cell.key]!)}
                    </b>
                  </p>
                  <RowBar {...{ map, triggers }} query={cell.query} normalizer={run.normalizer} />
                </>
              )}
              {stopped && (
                <p className="sinks-stopped" role="alert">
                  {runs.length > 1 && `Seed ${stopped.seed}. `}
                  {stopped.stopped}
                </p>
              )}
            </section>
          )
        })}
      </div>
      <p className="sinks-note">
        A row is a token that looks, a column a token looked at; the stronger the colour, the more. Point at a map, or
        focus it and use the arrow keys.
      </p>
    </div>
  )
}

const about = {
  trigger:
    'One of three words of the toy language, T1, T2 and T3, after which the word before them comes again: to know it, a trigger must look one token back.',
  dormant:
    'A token whose own word decides what may follow, so that its head has nothing to add: it is dormant there, and active on triggers.',
}

/** The last token that is no trigger: what it does shows a sink. */
const dormantQuery = (triggers: readonly boolean[]): number => Math.max(0, triggers.lastIndexOf(false))
