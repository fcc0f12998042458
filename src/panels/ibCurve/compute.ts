import { breathe } from '../../engine/breathe.ts'
import { clusterGains, type ClusterGain } from '../../math/informationBottleneck/clusterGains.ts'
import { clusterSplits } from '../../math/informationBottleneck/criticalBetas.ts'
import { deterministicAt, deterministicFrontier } from '../../math/informationBottleneck/deterministicIb.ts'
import { ibCurve, type IbPoint } from '../../math/informationBottleneck/ibCurve.ts'
import { jointFrom, type Joint } from '../../math/informationBottleneck/joint.ts'
import { onsetBeta } from '../../math/informationBottleneck/onset.ts'
import { largestExhaustive } from '../../math/informationBottleneck/partitions.ts'
import { fromRows } from '../../math/linalg/matrix.ts'
import { rng } from '../../math/random/rng.ts'
import type { Compute } from '../contract.ts'
import { closedFormOf } from './closedFormOf.ts'
import { couplingView } from './couplingView.ts'
import { describe } from './describe.ts'
import { encoderParts } from './encoderParts.ts'
import type { IbCurveExperiment } from './experiment.ts'
import type { CurvePoint, IbCurveResult } from './result.ts'

const bits = (nats: number) => nats / Math.LN2
/** βs of a grid from a little below the onset to far beyond the point where the trivial encoder is unstable. */
const gridSize = 60
const [nearest, farthest] = [0.9, 40]

/** As dense where the onset lies far below that point, up to twice as many. */
function gridFor(onset: number, [unstable = 1]: readonly number[]): number[] {
  const [low, high] = [nearest * Math.min(onset, unstable), farthest * unstable]
  const wider = Math.log(high / low) / Math.log(farthest / nearest)
  const size = Math.min(2 * gridSize, Math.round(gridSize * wider))
  return Array.from({ length: size }, (_, k) => low * (high / low) ** (k / (size - 1)))
}

/** Milliseconds between two partial results. */
const resultEvery = 200
/** Beyond this β no further loss of stability is looked for. */
const lastCritical = 1000

export const compute: Compute<IbCurveExperiment, IbCurveResult> = async function* (experiment, { signal, progress }) {
  const joint = jointFrom(fromRows(experiment.joint))
  const splits = clusterSplits(joint, lastCritical)
  const firstSplit = splits.next()
  const criticalBetas = firstSplit.done === true ? [] : [firstSplit.value]
  const onset = onsetBeta(joint)
  const gains: ClusterGain[] = []
  const betas = experiment.betas.length > 0 ? experiment.betas : gridFor(onset, criticalBetas)
  const fixed = {
    span: [Math.min(...betas), Math.max(...betas)] as const,
    dib: hardPoints(joint, betas),
    hardIsExact: joint.nx <= largestExhaustive,
    onset,
    ceilings: { H_X: bits(joint.H_X), H_Y: bits(joint.H_Y), I_XY: bits(joint.I_XY) },
    closedForm: closedFormOf(joint),
    coupling: couplingView(joint),
  }
  const points: CurvePoint[] = []
  const resultSoFar = (): IbCurveResult => {
    const [first, ...others] = points
    if (first === undefined) throw new Error('ib-curve: there is no β to compute')
    const numbers = {
      ...fixed,
      points: [first, ...others] as const,
      gains: [...gains],
      criticalBetas: [...criticalBetas],
    }
    return { ...numbers, ...describe(experiment, numbers) }
  }
  const told = async (fraction: number, doing: string) => {
    progress(fraction, doing)
    await breathe()
    signal.throwIfAborted()
  }
  const computed: IbPoint[] = []
  let given = performance.now()
  for (const point of ibCurve(joint, betas, rng(experiment.seed))) {
    computed.push(point)
    points.unshift(curvePoint(joint, point))
    await told((0.5 * points.length) / betas.length, `β = ${point.beta.toPrecision(3)}`)
    if (performance.now() - given < resultEvery) continue
    yield resultSoFar()
    given = performance.now()
  }
  yield resultSoFar()
  for (const step of clusterGains(joint, computed, fixed.span[1], rng(experiment.seed))) {
    if (step.gain !== null) gains.push(step.gain)
    const done = Math.log(step.beta / onset) / Math.log(fixed.span[1] / onset)
    await told(0.5 + 0.4 * Math.max(0, Math.min(1, done)), `clusters at β = ${step.beta.toPrecision(3)}`)
    if (step.gain !== null) yield resultSoFar()
  }
  for (const split of splits) {
    criticalBetas.push(split)
    await told(0.95, `stability beyond β = ${split.toPrecision(3)}`)
  }
  yield resultSoFar()
}

function curvePoint(joint: Joint, { beta, I_XT, I_TY, certificate, clusters, encoder }: IbPoint): CurvePoint {
  return {
    beta,
    I_XT: bits(I_XT),
    I_TY: bits(I_TY),
    certificate: bits(certificate),
    clusters,
    ...encoderParts(joint, encoder),
  }
}

function hardPoints(joint: Joint, betas: readonly number[]): IbCurveResult['dib'] {
  const frontier = deterministicFrontier(joint)
  return [...betas]
    .sort((a, b) => a - b)
    .map((beta) => {
      const { H_T, I_TY, labels } = deterministicAt(frontier, beta)
      return { beta, H_T: bits(H_T), I_TY: bits(I_TY), labels: [...labels] }
    })
}
