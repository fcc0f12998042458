import type { ApiRules } from '../../math/bottleneck/emulatedApi.ts'
import { readFullOutput } from '../../math/bottleneck/outputMoves.ts'
import { askAbout, largestDifference, type Attack, type Endpoint, type Pace } from './emulation.ts'
import type { FormulaError, Stability } from './result.ts'

/** 5, 10, … 100. */
const biases = Array.from({ length: 20 }, (_, i) => 5 * (i + 1))

type Formula = 'oneToken' | 'topK' | 'anchored'

/** The three formulas on the first prompt; null where a biased call shows no log-probability. */
export async function stabilityOf(
  endpoint: Endpoint,
  truth: Float64Array,
  { rules, strategy, bias: chosen }: Attack,
  pace: Pace,
): Promise<Stability | null> {
  if (strategy === 'unbiased' || strategy === 'bisection') return null
  const curve = async (formula: Formula) => {
    const points: FormulaError[] = []
    for (const bias of biases) {
      await pace()
      points.push(errorAt(endpoint, truth, rules, formula, bias))
    }
    return points
  }
  const here = (formula: Formula) => errorAt(endpoint, truth, rules, formula, chosen)
  return {
    oneToken: await curve('oneToken'),
    topK: await curve('topK'),
    anchored: await curve('anchored'),
    here: { oneToken: here('oneToken'), topK: here('topK'), anchored: here('anchored') },
  }
}

function errorAt(
  endpoint: Endpoint,
  truth: Float64Array,
  rules: ApiRules,
  formula: Formula,
  bias: number,
): FormulaError {
  const asked = formula === 'oneToken' ? { ...rules, top: 1 } : rules
  const ask = askAbout(endpoint, 0, asked)
  const strategy = formula === 'anchored' ? 'anchored' : 'batch'
  const { logProbabilities } = readFullOutput(ask, truth.length, asked, strategy, bias)
  // The tokens of the plain call need no formula.
  const plain = new Set(askAbout(endpoint, 0, asked)(new Map()).map(({ token }) => token))
  const biased = logProbabilities.map((value, token) => (plain.has(token) ? NaN : value))
  const back = biased.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : 1), 0)
  return { bias, error: largestDifference(biased, truth), back: back / (truth.length - plain.size) }
}
