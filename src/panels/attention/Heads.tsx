import { useMemo, useState } from 'react'
import './heads.css'
import { variantColour } from '../../charts/variantColour.ts'
import type { Edit } from '../contract.ts'
import { Depths } from './Depths.tsx'
import type { AttentionExperiment } from './experiment.ts'
import { settingAt } from './headSettings.ts'
import { HeadStats } from './HeadStats.tsx'
import { MapFigure } from './MapFigure.tsx'
import type { AttentionResult } from './result.ts'
import { SinkGrid } from './SinkGrid.tsx'
import { TokenBars } from './TokenBars.tsx'

export interface HeadsProps {
  readonly experiment: AttentionExperiment
  readonly result: AttentionResult
  readonly edit: Edit<AttentionExperiment>
  readonly layer: number
  readonly head: number
  /** Pixels. */
  readonly width: number
}

const softmax = { id: 'softmax', params: {} }
const gap = 32

/** All heads in a grid, the chosen one's map, and what goes on token by token and block by block. */
export function Heads({ experiment, result, edit, layer, head, width }: HeadsProps) {
  const [pointed, point] = useState<number | null>(null)
  const { layers, heads, tokens, model, arrays, importance, hidden, valueNorms, nll } = result
  const T = tokens.length
  const map = layer * heads + head
  const { values } = arrays.attention
  const weights = useMemo(() => values.subarray(map * T * T, (map + 1) * T * T), [values, map, T])
  const normalizerAt = (l: number, h: number) => settingAt(experiment, model?.normalizer ?? softmax, l, h).id
  const colour = variantColour(normalizerAt(layer, head))
  const wide = width >= 760
  const column = wide ? Math.floor((width - gap) / 2) : width
  const group = model === null ? 0 : Math.floor((head * model.kvHeads) / model.heads)
  const values0 = valueNorms[layer]?.[group]
  const norms = hidden[layer + 1]?.norms
  const bars = { tokens, width: column, pointed, onPoint: point }
  const name = `layer ${layer + 1}, head ${head + 1}`
  return (
    <div className={wide ? 'att-main is-wide' : 'att-main'}>
      <div>
        <h3>
          {layers * heads > 1 ? `α of the first token, ${layers} layers by ${heads} heads` : 'One layer, one head'}
        </h3>
        <SinkGrid
          {...{ alpha0: result.alpha0, epsilon: experiment.epsilon, normalizerAt, layer, head }}
          width={column}
          onChoose={(l, h) => edit({ layer: l, head: h })}
        />
        <h3>{`Attention of ${name}`}</h3>
        <MapFigure
          {...{ weights, tokens, name }}
          normalizer={normalizerAt(layer, head)}
          width={column}
          onPoint={point}
        />
        <HeadStats {...{ result, layer, head }} />
        {nll && (
          <TokenBars {...bars} title="−ln p of each token, nats" values={[NaN, ...nll]} colour="var(--bar-edge)" />
        )}
      </div>
      <div>
        <TokenBars
          {...bars}
          title="α: mean weight of each key (dashed: ε)"
          values={importance[layer]![head]!}
          colour={colour}
          rule={experiment.epsilon}
        />
        {values0 && <TokenBars {...bars} title="‖v‖ of each token" values={values0} colour={colour} />}
        {norms && (
          <TokenBars {...bars} title={`‖h‖ after block ${layer + 1}`} values={norms} colour="var(--bar-edge)" />
        )}
        {hidden.length > 0 && <Depths result={result} width={column} />}
      </div>
    </div>
  )
}
