import { memo, useMemo } from 'react'
import { AxisX, AxisY } from '../../charts/Axis.tsx'
import { Frame } from '../../charts/Frame.tsx'
import { Points } from '../../charts/Points.tsx'
import { Rules } from '../../charts/Rules.tsx'
import { ShadedPath } from '../../charts/ShadedPath.tsx'
import { shadeColour } from '../../charts/shadeColour.ts'
import { shortNumber } from '../../charts/numberFormat.ts'
import { epochShade } from './epochScale.ts'
import { LayerNames } from './LayerNames.tsx'
import type { EpochLog } from './measure.ts'
import { layerName, logAt, runsAt, type InformationPlaneResult, type PlaneEstimator, type PlaneRun } from './result.ts'

export interface PlaneFigureProps {
  readonly result: InformationPlaneResult
  readonly estimator: PlaneEstimator
  /** The epoch that is looked at. */
  readonly epoch: number
  /** Of the whole run: the latest colour. */
  readonly epochs: number
  /** Pixels. */
  readonly width: number
}

/** Each layer's way through the plane of what it holds of the input and what it says of the label. */
export const PlaneFigure = memo(function PlaneFigure({ result, estimator, epoch, epochs, width }: PlaneFigureProps) {
  const { runs, ceilings } = result
  const { id, samples } = estimator
  const [run, ...others] = runs
  const log = run && logAt(run.epochs, epoch)
  const low = useMemo(() => Math.min(0, ...lowest(runs, id)), [runs, id])
  if (!run || !log) return null
  const layers = log.layers.map((_, l) => l)
  const mostBits = Math.max(...result.estimators.map((each) => Math.log2(each.samples)))
  const ceilingsDrawn = [
    { of: 'y', at: ceilings.H_Y, text: `H(Y) = ${shortNumber(ceilings.H_Y)}` },
    { of: 'x', at: Math.log2(samples), text: `log₂ ${samples} = ${shortNumber(Math.log2(samples))}` },
  ] as const
  const spoken = layers.map((l) => `${layerName(result, l)} ${shortNumber(log.layers[l]![id]!.I_XT)}`).join(', ')
  return (
    <Frame
      label={`${estimator.label} at epoch ${log.epoch}: bits about the input by layer: ${spoken}`}
      width={width}
      height={planeHeight(width)}
      x={{ kind: 'linear', low: 0, high: mostBits * 1.04 }}
      y={{ kind: 'linear', low, high: ceilings.H_Y * 1.16 }}
      margins={{ top: 24, right: 10, bottom: 38, left: 36 }}
    >
      <AxisY count={5} title="I(T;Y), bits" />
      <AxisX count={6} title="I(X;T), bits" />
      {ceilingsDrawn.map(({ of, at, text }) => (
        <Rules key={of} of={of} at={[at]} dash="5 4" label={text} />
      ))}
      {runsAt(others, log.epoch).map((other) => (
        <Cloud key={other.seed} run={other} id={id} epoch={epoch} colour={shadeColour(epochShade(epoch, epochs))} />
      ))}
      {layers.map((l) => (
        <LayerPath key={l} run={run} layer={l} id={id} until={log.epoch} epochs={epochs} />
      ))}
      <Evidence log={log} id={id} />
      <Points
        xs={log.layers.map((readings) => readings[id]!.I_XT)}
        ys={log.layers.map((readings) => readings[id]!.I_TY)}
        fill={shadeColour(epochShade(log.epoch, epochs))}
        radius={5}
      />
      <LayerNames
        points={layers.map((l) => ({ ...placeIn(log, l, id), text: layerName(result, l) }))}
        paths={layers.map((l) => run.epochs.map((each) => placeIn(each, l, id)))}
        ceilings={ceilingsDrawn}
      />
    </Frame>
  )
})

const placeIn = ({ layers }: EpochLog, layer: number, id: string) => {
  const { I_XT, I_TY } = layers[layer]![id]!
  return { x: I_XT, y: I_TY }
}

/** As wide as it is high while small; a wide one stays lower. */
export const planeHeight = (width: number): number => Math.round(Math.min(380, Math.max(220, width * 0.8)))

function lowest(runs: readonly PlaneRun[], id: string): number[] {
  return runs.flatMap(({ epochs }) =>
    epochs.flatMap(({ layers }) =>
      layers.flatMap((readings) => [readings[id]!.I_TY, readings[id]!.shuffled].filter(Number.isFinite)),
    ),
  )
}

interface LayerPathProps {
  readonly run: PlaneRun
  readonly layer: number
  readonly id: string
  /** Later than this it is faint. */
  readonly until: number
  readonly epochs: number
}

const LayerPath = memo(function LayerPath({ run, layer, id, until, epochs }: LayerPathProps) {
  const path = useMemo(() => {
    const readings = run.epochs.map(({ layers }) => layers[layer]![id]!)
    return {
      xs: readings.map(({ I_XT }) => I_XT),
      ys: readings.map(({ I_TY }) => I_TY),
      shades: run.epochs.map(({ epoch }) => epochShade(epoch, epochs)),
    }
  }, [run, layer, id, epochs])
  const past = run.epochs.filter(({ epoch }) => epoch <= until).length
  return (
    <>
      {past < run.epochs.length && <ShadedPath {...path} opacity={0.25} />}
      <ShadedPath xs={path.xs.slice(0, past)} ys={path.ys.slice(0, past)} shades={path.shades.slice(0, past)} />
    </>
  )
})

/** Another seed's layers at the same epoch. */
function Cloud({
  run,
  id,
  epoch,
  colour,
}: {
  readonly run: PlaneRun
  readonly id: string
  readonly epoch: number
  readonly colour: string
}) {
  const readings = logAt(run.epochs, epoch)?.layers.map((layer) => layer[id]!) ?? []
  return (
    <Points
      xs={readings.map(({ I_XT }) => I_XT)}
      ys={readings.map(({ I_TY }) => I_TY)}
      fill={colour}
      radius={3}
      opacity={0.55}
    />
  )
}

/** From what the estimator says of shuffled labels, which is nothing, up to what it says: that much is evidence. */
function Evidence({ log, id }: { readonly log: EpochLog; readonly id: string }) {
  const readings = log.layers.map((layer) => layer[id]!)
  return (
    <Points
      xs={readings.map(({ I_XT }) => I_XT)}
      ys={readings.map(({ shuffled }) => shuffled)}
      fill="var(--bar-edge)"
      radius={3.5}
      shape="cross"
    />
  )
}
