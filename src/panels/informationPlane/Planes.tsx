import { shortNumber } from '../../charts/numberFormat.ts'
import { useWidth } from '../../charts/useWidth.ts'
import type { Edit } from '../contract.ts'
import { EpochLines } from './EpochLines.tsx'
import { EstimatorHead } from './EstimatorHead.tsx'
import type { InformationPlaneExperiment } from './experiment.ts'
import { PlaneFigure, planeHeight } from './PlaneFigure.tsx'
import { layerName, type InformationPlaneResult, type PlaneEstimator } from './result.ts'

export interface PlanesProps {
  readonly experiment: InformationPlaneExperiment
  readonly result: InformationPlaneResult | null
  /** The epoch that is looked at. */
  readonly epoch: number
  readonly edit: Edit<InformationPlaneExperiment>
}

const narrowest = 250
const gap = 24

/** The same networks through each estimator, side by side on one scale. */
export function Planes({ experiment, result, epoch, edit }: PlanesProps) {
  const [element, width] = useWidth<HTMLDivElement>()
  const { estimators, epochs } = experiment
  const most = Math.max(1, Math.floor((width + gap) / (narrowest + gap)))
  const columns = Math.min(estimators.length, most, estimators.length === 4 && most === 3 ? 2 : most)
  const each = Math.min(560, Math.floor((width - gap * (columns - 1)) / columns))
  return (
    <div
      ref={element}
      className="plane-multiples"
      style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
    >
      {width > 0 &&
        estimators.map((setting) => {
          const estimator = result?.estimators.find(({ id }) => id === setting.id)
          return (
            <figure key={setting.id}>
              <EstimatorHead {...{ setting, experiment, edit }} />
              {result && estimator ? (
                estimator.readsInput ? (
                  <PlaneFigure {...{ result, estimator, epoch, epochs }} width={each} />
                ) : (
                  <LabelLines {...{ result, estimator, epoch, epochs }} width={each} />
                )
              ) : (
                <div className="plane-awaited" style={{ height: planeHeight(each) }}>
                  I(T;Y) over I(X;T) will be drawn here
                </div>
              )}
              {result && estimator && estimator.samples < result.samples && (
                <p className="plane-note">
                  Read on {shortNumber(estimator.samples, 7)} of the {shortNumber(result.samples, 7)} samples.
                </p>
              )}
              {estimator && <Broken result={result!} estimator={estimator} epoch={epoch} />}
            </figure>
          )
        })}
    </div>
  )
}

interface LabelLinesProps {
  readonly result: InformationPlaneResult
  readonly estimator: PlaneEstimator
  readonly epoch: number
  readonly epochs: number
  /** Pixels. */
  readonly width: number
}

/** For an estimator that says nothing of the input: what it says of the label, over the epochs. */
function LabelLines({ result, estimator, epoch, epochs, width }: LabelLinesProps) {
  const [run] = result.runs
  if (!run) return null
  const { id, label, measure } = estimator
  const lines = run.epochs[0]!.layers.flatMap((_, l) => {
    const at = { epochs: run.epochs.map((log) => log.epoch) }
    const of = (name: 'I_TY' | 'shuffled') => run.epochs.map(({ layers }) => layers[l]![id]![name])
    return [
      { name: '', ...at, values: of('shuffled'), colour: 'var(--bar-edge)', dash: '2 3' },
      { name: layerName(result, l), ...at, values: of('I_TY') },
    ]
  })
  return (
    <>
      <p className="plane-note">
        {measure === 'shannon' ? 'I(T;Y), bits' : 'Its own measure of T and Y, bits of another kind'}, over the epochs;
        it reads no I(X;T). Dotted: shuffled labels.
      </p>
      <EpochLines
        label={`${label}: what each layer says of the label, by epoch`}
        height={planeHeight(width) - 40}
        {...{ lines, epoch, epochs, width }}
      />
    </>
  )
}

/** Layers that an estimator cannot read at this epoch, and why. */
function Broken({ result, estimator, epoch }: Pick<LabelLinesProps, 'result' | 'estimator' | 'epoch'>) {
  const log = result.runs[0]?.epochs.findLast((each) => each.epoch <= epoch)
  const broken = log?.layers.flatMap((readings, l) => (readings[estimator.id]!.problem === undefined ? [] : [l])) ?? []
  if (!log || broken.length === 0) return null
  return (
    <p className="plane-note">
      It cannot read {broken.map((l) => layerName(result, l)).join(', ')} here:{' '}
      {log.layers[broken[0]!]![estimator.id]!.problem}.
    </p>
  )
}
