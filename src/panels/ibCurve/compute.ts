import { breathe } from '../../engine/breathe.ts'
import { clusterSplits } from '../../math/informationBottleneck/criticalBetas.ts'
import { deterministicAt, deterministicFrontier } from '../../math/informationBottleneck/deterministicIb.ts'
import { ibCurve, type IbPoint } from '../../math/informationBottleneck/ibCurve.ts'
import { jointFrom, type Joint } from '../../math/informationBottleneck/joint.ts'
import { onsetBeta } from '../../math/informationBottleneck/onset.ts'
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
/** βs of the grid, which goes from a little below the onset to far beyond it. */
const gridSize = 60
const farthest = 40

function gridFor(onset: number): number[] {
  const first = onset < Infinity ? onset : 1
  const [low, high] = [0.9 * first, farthest * first]
  return Array.from({ length: gridSize }, (_, k) => low * (high / low) ** (k / (gridSize - 1)))
}

/** Milliseconds between two partial results. */
const resultEvery = 200
/** Beyond this β no further split is looked for. */
const lastSplit = 1000

export const compute: Compute<IbCurveExperiment, IbCurveResult> = async function* (experiment, { signal, progress }) {
  const joint = jointFrom(fromRows(experiment.joint))
  const splits = clusterSplits(joint, lastSplit)
  const firstSplit = splits.next()
  const criticalBetas = firstSplit.done === true ? [] : [firstSplit.value]
  const onset = onsetBeta(joint, rng(experiment.seed))
  const betas = experiment.betas.length > 0 ? experiment.betas : gridFor(onset)
  const fixed = {
    onset,
    span: [Math.min(...betas), Math.max(...betas)] as const,
    dib: hardPoints(joint, betas),
    ceilings: { H_X: bits(joint.H_X), H_Y: bits(joint.H_Y), I_XY: bits(joint.I_XY) },
    closedForm: closedFormOf(joint),
    coupling: couplingView(joint),
  }
  const points: CurvePoint[] = []
  const resultSoFar = (): IbCurveResult => {
    const [first, ...others] = points
    if (first === undefined) throw new Error('ib-curve: there is no β to compute')
    const numbers = { ...fixed, points: [first, ...others] as const, criticalBetas: [...criticalBetas] }
    return { ...numbers, ...describe(experiment, numbers) }
  }
  let given = performance.now()
  for (const point of ibCurve(joint, betas, rng(experiment.seed))) {
    points.unshift(curvePoint(joint, point))
    progress((0.8 * points.length) / betas.length, `β = ${point.beta.toPrecision(3)}`)
    await breathe()
    signal.throwIfAborted()
    if (performance.now() - given < resultEvery) continue
    yield resultSoFar()
    given = performance.now()
  }
  for (const split of splits) {
    criticalBetas.push(split)
    progress(0.9, `the split at β = ${split.toPrecision(3)}`)
    await breathe()
    signal.throwIfAborted()
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
