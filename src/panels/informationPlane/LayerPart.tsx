import { useState } from 'react'
import { ChoiceWord } from '../../charts/ChoiceWord.tsx'
import { useWidth } from '../../charts/useWidth.ts'
import { activationById } from '../../models/mlp/activations.ts'
import type { Edit } from '../contract.ts'
import type { InformationPlaneExperiment } from './experiment.ts'
import { LayerFigure } from './LayerFigure.tsx'
import { boundsOf } from './layerRange.ts'
import { layerIndex, layerName, type InformationPlaneResult } from './result.ts'

export interface LayerPartProps {
  readonly experiment: InformationPlaneExperiment
  readonly result: InformationPlaneResult
  readonly edit: Edit<InformationPlaneExperiment>
  /** The epoch that is looked at, and its place among the logged ones. */
  readonly epoch: number
  readonly index: number
}

/** The activations that the estimators read: of one layer, at the epoch that is looked at. */
export function LayerPart({ experiment, result, edit, epoch, index }: LayerPartProps) {
  const [element, width] = useWidth<HTMLDivElement>()
  const [edgesOf, setEdgesOf] = useState<string | null>(null)
  const layer = layerIndex(result, experiment.layer)
  const picture = result.pictures[index]?.[layer]
  const estimator = result.estimators.find(({ id }) => id === edgesOf) ?? result.estimators[0]!
  const activation = activationById(experiment.activation)
  const bounds = activation ? boundsOf(activation) : null
  return (
    <div ref={element} className="plane-layer-part">
      <div className="plane-layer-head">
        <span role="group" aria-label="layer">
          {result.widths.slice(1, -1).map((_, l) => (
            <button
              key={l}
              type="button"
              className="tool-button"
              aria-pressed={l === layer}
              onClick={() => edit({ layer: l + 1 })}
            >
              {layerName(result, l)}
            </button>
          ))}
        </span>
        <span>
          at epoch {epoch}
          {result.estimators.length > 1 && (
            <>
              , cut by{' '}
              <ChoiceWord
                label="estimator whose cells are drawn"
                value={estimator.id}
                options={result.estimators}
                onChange={setEdgesOf}
              />
            </>
          )}
        </span>
      </div>
      {width > 0 && picture && (
        <LayerFigure
          labels={result.drawnLabels}
          classNames={result.classNames}
          {...{ picture, estimator, bounds }}
          width={Math.min(width, 760)}
        />
      )}
    </div>
  )
}
