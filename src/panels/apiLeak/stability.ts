import type { Pace } from '../../engine/breathe.ts'
import type { ApiRules } from '../../math/bottleneck/emulatedApi.ts'
import { hasFormula, largestDifference, readOutput, type Attack, type Endpoint } from './emulation.ts'
import type { FormulaError, Stability } from './result.ts'

/** 5, 10, … 100. */
export const triedBiases = Array.from({ length: 20 }, (_, i) => 5 * (i + 1))

type Formula = 'oneToken' | 'topK' | 'anchored'

/** The three formulas on the first prompt: at the bias that is set, then bias after bias; nothing where none applies. */
export async function* stabilitySteps(
  endpoint: Endpoint,
  truth: Float64Array,
  attack: Attack,
  pace: Pace,
): AsyncGenerator<Stability, void, void> {
  if (!hasFormula(attack.strategy)) return
  const at = async (bias: number) => {
    const [oneToken, topK, anchored] = [
      await errorAt(endpoint, truth, attack, 'oneToken', bias, pace),
      await errorAt(endpoint, truth, attack, 'topK', bias, pace),
      await errorAt(endpoint, truth, attack, 'anchored', bias, pace),
    ]
    return { oneToken, topK, anchored }
  }
  const here = await at(attack.bias)
  const points: Readonly<Record<Formula, FormulaError>>[] = []
  const soFar = (): Stability => ({
    oneToken: points.map(({ oneToken }) => oneToken),
    topK: points.map(({ topK }) => topK),
    anchored: points.map(({ anchored }) => anchored),
    here,
  })
  for (const bias of triedBiases) {
    yield soFar()
    points.push(await at(bias))
  }
  yield soFar()
}

async function errorAt(
  endpoint: Endpoint,
  truth: Float64Array,
  attack: Attack,
  formula: Formula,
  bias: number,
  pace: Pace,
): Promise<FormulaError> {
  const rules: ApiRules = formula === 'oneToken' ? { ...attack.rules, top: 1 } : attack.rules
  const strategy = formula === 'anchored' ? 'anchored' : 'batch'
  const { moves, logProbabilities } = await readOutput(endpoint, 0, { ...attack, rules, strategy, bias }, pace)
  // The tokens of the plain call need no formula.
  const plain = new Set(moves[0]!.tokens)
  const biased = logProbabilities.map((value, token) => (plain.has(token) ? NaN : value))
  const back = biased.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : 1), 0)
  const asked = truth.length - plain.size
  return { bias, error: largestDifference(biased, truth), back: asked === 0 ? 1 : back / asked }
}
