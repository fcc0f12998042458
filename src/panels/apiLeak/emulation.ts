import type { Pace } from '../../engine/breathe.ts'
import { callApi, type ApiRules } from '../../math/bottleneck/emulatedApi.ts'
import { toyModel, type ToyModel } from '../../math/bottleneck/modelUpdates.ts'
import {
  gatherMoves,
  outputMoves,
  strategyUnder,
  type AskApi,
  type OutputMove,
  type ReadingStrategy,
} from '../../math/bottleneck/outputMoves.ts'
import { recoveryNoise, type RecoveryNoise } from '../../math/bottleneck/recoveryNoise.ts'
import { rowOf, type Matrix } from '../../math/linalg/matrix.ts'
import { multiplyTransposed } from '../../math/linalg/products.ts'
import { rng } from '../../math/random/rng.ts'
import type { ApiLeakExperiment } from './experiment.ts'
import { rulesOf, type GuardId } from './guards.ts'

/** Seeds of a model and of what is made from it lie side by side, from here on. */
export const baseSeed = (seed: number): number => 1000 + 10 * seed

/** The model behind the interface, with the hidden states of this many prompts. */
export function secretModel({ vocabulary, hidden, seed, sharpness }: ApiLeakExperiment, prompts: number): ToyModel {
  const base = baseSeed(seed)
  return toyModel(vocabulary, hidden, prompts, { weights: base, hidden: base + 1 }, sharpness)
}

/** What answers the calls: logits by prompt, shape [n, V], and a stream of noise. */
export interface Endpoint {
  readonly logits: Matrix
  readonly noiseSeed: number
}

export const endpointOf = (model: ToyModel, noiseSeed: number): Endpoint => ({
  logits: multiplyTransposed(model.hidden, model.weights),
  noiseSeed,
})

/** How the attacker goes about it under the rules. */
export interface Attack {
  readonly rules: ApiRules
  readonly strategy: ReadingStrategy
  readonly bias: number
  readonly noise: RecoveryNoise
}

export function attackOf(experiment: ApiLeakExperiment, guards: readonly GuardId[]): Attack {
  const rules = rulesOf(experiment, guards)
  const strategy = strategyUnder(rules, experiment.formula === 'batch' ? 'batch' : 'anchored')
  return { rules, strategy, bias: experiment.bias, noise: recoveryNoise(strategy, rules) }
}

/** Whether a biased call shows a log-probability that a formula can undo the bias of. */
export const hasFormula = (strategy: ReadingStrategy): boolean => strategy !== 'unbiased' && strategy !== 'bisection'

/** Calls about one prompt; its noise does not depend on what else was asked. */
export function askAbout({ logits, noiseSeed }: Endpoint, prompt: number, rules: ApiRules): AskApi {
  const draw = rng(noiseSeed + prompt)
  const row = rowOf(logits, prompt)
  return (biases) => callApi(row, biases, rules, draw)
}

export interface ReadOutput {
  readonly moves: readonly OutputMove[]
  readonly logProbabilities: Float64Array
  readonly calls: number
}

/** A whole output, or what the rules let one see of it. */
export async function readOutput(endpoint: Endpoint, prompt: number, attack: Attack, pace: Pace): Promise<ReadOutput> {
  const { rules, strategy, bias } = attack
  const vocabulary = endpoint.logits.cols
  const moves: OutputMove[] = []
  for (const move of outputMoves(askAbout(endpoint, prompt, rules), vocabulary, rules, strategy, bias)) {
    moves.push(move)
    await pace()
  }
  return { moves, ...gatherMoves(moves, vocabulary) }
}

/** The outputs of the first `count` prompts. */
export async function readOutputs(
  endpoint: Endpoint,
  count: number,
  attack: Attack,
  pace: Pace,
  onOutput: (read: number) => void = () => undefined,
): Promise<ReadOutput[]> {
  const outputs: ReadOutput[] = []
  for (let prompt = 0; prompt < count; prompt++) {
    outputs.push(await readOutput(endpoint, prompt, attack, pace))
    onOutput(prompt + 1)
  }
  return outputs
}

/** Without gaps. */
export const isWhole = ({ logProbabilities }: ReadOutput): boolean => logProbabilities.every((x) => !Number.isNaN(x))

/** Those of outputs without gaps. */
export const wholeRows = (outputs: readonly ReadOutput[]): Float64Array[] =>
  outputs.filter(isWhole).map(({ logProbabilities }) => logProbabilities)

/** Largest |a − b| where a is a number; NaN where there is none. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let largest = NaN
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i]! - b[i]!)
    if (difference > largest || (Number.isNaN(largest) && !Number.isNaN(difference))) largest = difference
  }
  return largest
}
