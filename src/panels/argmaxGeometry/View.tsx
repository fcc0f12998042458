import { useMemo, useState } from 'react'
import './argmaxGeometry.css'
import { ScrubNumber } from '../../charts/ScrubNumber.tsx'
import { useWidth } from '../../charts/useWidth.ts'
import type { PanelViewProps } from '../contract.ts'
import { onFiles } from '../onFiles.ts'
import { useOwnMatrix } from '../useOwnMatrix.tsx'
import { wholeFrom } from '../wholeFrom.ts'
import { bringLayer } from './bringLayer.ts'
import { Controls } from './Controls.tsx'
import { Cures } from './Cures.tsx'
import type { ArgmaxGeometryExperiment } from './experiment.ts'
import { GeometryFigure } from './GeometryFigure.tsx'
import { stateInView, tokenInView } from './inView.ts'
import { layerLimit } from './layer.ts'
import { Orbit } from './Orbit.tsx'
import { isDrawn, type ArgmaxGeometryResult } from './result.ts'
import { ShareFigure } from './ShareFigure.tsx'
import { StatePart } from './StatePart.tsx'
import { Tables } from './Tables.tsx'
import { TokenCard } from './TokenCard.tsx'
import { WholeFigure } from './WholeFigure.tsx'

type Props = PanelViewProps<ArgmaxGeometryExperiment, ArgmaxGeometryResult>

/** An output layer as points: drag them, and see who can win, who never can, and why. */
export function View(props: Props) {
  const { experiment, result, stale, status, edit, rerun } = props
  const [table, setTable] = useState(false)
  const own = useOwnMatrix(layerLimit, async (files) => {
    const layer = await bringLayer(files, experiment, props)
    return () => edit(layer)
  })
  return (
    <div className={stale ? 'geo is-stale' : 'geo'} {...onFiles(own.bring)}>
      <Controls {...{ experiment, result, edit, table, setTable }} ask={own.ask} />
      {result ? (
        <>
          <Parts {...{ experiment, result, edit }} />
          {result.tested < result.tokens && status.state === 'idle' && (
            <button type="button" className="tool-button" onClick={rerun}>
              Test all {result.tokens.toLocaleString('en-US')} tokens
            </button>
          )}
          <Shares {...{ experiment, result, edit }} />
          {table && <Tables result={result} names={experiment.names} />}
        </>
      ) : status.state === 'idle' ? (
        <p className="geo-awaited">
          <button type="button" className="tool-button" onClick={rerun}>
            Test the tokens
          </button>
        </p>
      ) : (
        <p className="geo-awaited">The tokens come here.</p>
      )}
      {own.dialog}
    </div>
  )
}

type PartProps = Pick<Props, 'experiment' | 'edit'> & { readonly result: ArgmaxGeometryResult }

function Parts({ experiment, result, edit }: PartProps) {
  const [element, width] = useWidth<HTMLDivElement>()
  const { token: chosen, box, h } = experiment
  const token = useMemo(() => tokenInView({ token: chosen, box }, result), [chosen, box, result])
  const state = useMemo(() => stateInView({ h }, result, token.state), [h, result, token.state])
  return (
    <div className="geo-parts">
      <div ref={element} className="geo-figure">
        {width > 0 &&
          (isDrawn(result) ? (
            <GeometryFigure {...{ experiment, result, token, state, edit, width }} />
          ) : (
            <WholeFigure {...{ experiment, result, edit, width }} />
          ))}
        {result.dimensions === 3 && isDrawn(result) && <Orbit orbit={experiment.orbit} edit={edit} />}
        <Cures cure={experiment.cure} edit={edit} />
        {isDrawn(result) && <Legend inPlane={result.dimensions === 2} />}
      </div>
      <div className="geo-side">
        <TokenCard {...{ experiment, result, token, edit }} />
        {state && <StatePart {...{ experiment, state, edit }} lost={result.unargmaxable} token={token.token} />}
      </div>
    </div>
  )
}

function Legend({ inPlane }: { readonly inPlane: boolean }) {
  return (
    <ul className="geo-legend">
      <li className="is-winner">can win</li>
      <li className="is-never">can never win</li>
      <li className="is-hull">hull of all rows</li>
      {inPlane && <li className="is-cell">who wins where the hidden state h ends</li>}
    </ul>
  )
}

/** How the share of such tokens falls with the number of dimensions. */
function Shares({ experiment, result, edit }: PartProps) {
  const [element, width] = useWidth<HTMLDivElement>()
  return (
    <section className="geo-share" aria-label="share by dimensions">
      <p className="geo-source">
        Of{' '}
        <ScrubNumber
          value={experiment.shareVocabulary}
          label="tokens of the random layers"
          range={[10, 500]}
          scale="log"
          multipleOf={1}
          problem={wholeFrom(2, 2000)}
          onChange={(shareVocabulary, gesture) => edit({ shareVocabulary }, gesture)}
        />{' '}
        tokens with random rows, so many can never win in d dimensions; the square is the layer above,{' '}
        {result.unargmaxable.length.toLocaleString('en-US')} of {result.tested.toLocaleString('en-US')}. In theory any
        layer with more than d + 1 tokens can lose some; of 150 public models that Grivas et al. tested, 13 did, and
        those tokens were rare ones.
      </p>
      <div ref={element}>{width > 0 && <ShareFigure result={result} width={width} />}</div>
    </section>
  )
}
