import { shortNumber } from '../../charts/numberFormat.ts'
import type { PanelResult } from '../contract.ts'
import type { IbCurveExperiment } from './experiment.ts'
import { nearestPoint, nearestRate, type IbCurveResult } from './result.ts'

type Words = Pick<PanelResult, 'sentence' | 'values'>
type Numbers = Omit<IbCurveResult, keyof PanelResult>

/** What one sees at the β, or the rate, that is looked at. */
export function describe(experiment: IbCurveExperiment, result: Numbers): Words {
  return experiment.view === 'curve' ? atBeta(experiment.beta, result) : atRate(experiment.rate, result)
}

function atBeta(beta: number, { points, onset, gains, criticalBetas, ceilings, closedForm }: Numbers): Words {
  const here = nearestPoint(points, beta)
  const start =
    onset === Infinity
      ? 'x says nothing of y here: there is nothing to keep'
      : `below β = ${Number(onset.toPrecision(5))} it is best to keep nothing`
  return {
    sentence: `At β = ${shortNumber(here.beta)}, T keeps ${here.I_XT.toFixed(2)} bits of x and ${here.I_TY.toFixed(2)} of the ${ceilings.I_XY.toFixed(2)} bits about y, in ${count(here.clusters, 'cluster')}; ${start}.${closedForm?.caveat === undefined ? '' : ` ${closedForm.caveat}`}`,
    values: {
      beta: here.beta,
      I_XT: here.I_XT,
      I_TY: here.I_TY,
      clusters: here.clusters,
      certificate: here.certificate,
      I_XY: ceilings.I_XY,
      gains: gains.map((gain) => gain.beta),
      critical: [...criticalBetas],
      onset,
    },
  }
}

function atRate(rate: number, { coupling, ceilings }: Numbers): Words {
  const here = nearestRate(coupling.points, rate)
  const groups = Math.max(...here.labels) + 1
  const { rate: allowed, greedy, filled, H_joint, bound } = here
  return {
    sentence: `With at most ${allowed.toFixed(2)} bits, ${count(groups, 'group')} of the ${here.labels.length} symbols keep ${greedy.toFixed(2)} bits of x; sharing one symbol between groups would keep ${filled.toFixed(2)}. Paired with y, both together hold ${H_joint.toFixed(2)} bits, and no pairing holds less than ${bound.toFixed(2)}.`,
    values: { rate: allowed, kept: greedy, filled, groups, H_joint, bound, H_X: ceilings.H_X },
  }
}

const count = (n: number, thing: string) => `${n} ${n === 1 ? thing : `${thing}s`}`
