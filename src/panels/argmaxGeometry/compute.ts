import { breathe, breathEvery } from '../../engine/breathe.ts'
import type { OutputTokens } from '../../math/bottleneck/outputTokens.ts'
import { probabilityCeiling } from '../../math/bottleneck/probabilityCeiling.ts'
import { tokenTester } from '../../math/bottleneck/unargmaxable.ts'
import { winnerCells } from '../../math/bottleneck/winnerCells.ts'
import { hullInPlane, hullInSpace } from '../../math/linalg/hulls.ts'
import { repeatedRows } from '../../math/linalg/repeatedRows.ts'
import type { Compute, ComputeContext } from '../contract.ts'
import { describe } from './describe.ts'
import type { ArgmaxGeometryExperiment } from './experiment.ts'
import { createFindings, smallLayer } from './findings.ts'
import { layerOf } from './layer.ts'
import { reachOf } from './reach.ts'
import type { ArgmaxGeometryResult, Numbers } from './result.ts'
import { createShares, shareDimensions } from './shares.ts'

/** Milliseconds between two partial results. */
const resultEvery = 250
/** Ceilings are computed for the first tokens, as long as their number times V (d² + 16) stays below this: some seconds. */
const mostCeilingWork = 2e8
const fewestCeilings = 3

export const compute: Compute<ArgmaxGeometryExperiment, ArgmaxGeometryResult> = async function* (experiment, context) {
  await announceLarge(experiment, context)
  const { tokens, title, choices } = await layerOf(experiment, context.file)
  const findings = createFindings(tokens)
  const random = createShares(context.engine, experiment)
  const ceiling: Record<string, number> = {}
  const fixed = {
    title,
    choices,
    tokens: tokens.count,
    dimensions: tokens.dimension,
    W: findings.isSmall ? tokens.weights.values : null,
    b: findings.isSmall && tokens.hasBias ? tokens.bias : null,
    reach: reachOf(tokens.weights),
    repeats: repeatedRows(tokens.weights),
    shareVocabulary: experiment.shareVocabulary,
  }
  let shape: ReturnType<typeof shapeOf> | null = null
  const resultNow = (): ArgmaxGeometryResult => {
    const numbers: Numbers = {
      ...fixed,
      ...findings.found(),
      ...(shape ?? { hull: [], faces: [], cells: [] }),
      ceiling: { ...ceiling },
      shareByD: random.known(),
    }
    return { ...numbers, ...describe(experiment, numbers) }
  }
  const pace = createPace(context)
  const shares = async function* () {
    let complete = random.known().length
    for (const isComplete of random.steps()) {
      if (isComplete) complete++
      const all = shareDimensions.length
      if (pace.isDue()) await pace.breathe(complete / all, `random layers: ${complete} of ${all}`)
      if (pace.isResultDue()) yield resultNow()
    }
  }
  // A large layer takes minutes, and the random ones are there to compare it with.
  if (!findings.isSmall) yield* shares()

  const test = tokenTester(tokens)
  for (let token = 0; token < tokens.count; token++) {
    findings.add(test(token))
    if (!pace.isDue()) continue
    await pace.breathe(token / tokens.count, `testing token ${token} of ${tokens.count}`)
    if (pace.isResultDue()) yield resultNow()
  }
  const { unargmaxable, undecided } = findings.found()
  shape = shapeOf(tokens, unargmaxable.concat(undecided), fixed.reach)
  yield resultNow()

  const within = Math.floor(mostCeilingWork / (tokens.count * (tokens.dimension ** 2 + 16)))
  const asked = unargmaxable.slice(0, Math.max(fewestCeilings, within))
  for (const [k, token] of asked.entries()) {
    const { probability, isConverged } = probabilityCeiling(tokens, token)
    if (isConverged) ceiling[token] = probability
    if (pace.isDue()) await pace.breathe(k / asked.length, `ceilings: ${k} of ${asked.length}`)
    if (pace.isResultDue()) yield resultNow()
  }
  if (findings.isSmall) yield* shares()
  yield withStates(resultNow(), findings.states)
}

/** More entries than this take more than a moment to make and to sort. */
const largeLayer = 1e6

/** Says what is being done before a step that cannot: a random layer is made at one go. */
async function announceLarge(
  { W, file, vocabulary, d }: ArgmaxGeometryExperiment,
  { signal, progress }: Pick<ComputeContext, 'signal' | 'progress'>,
): Promise<void> {
  if (W !== null || file !== null || vocabulary * d < largeLayer) return
  progress(0, `making ${vocabulary.toLocaleString('en-US')} random rows`)
  await breathe()
  signal.throwIfAborted()
}

/** When to breathe, to tell, and to give a result; a run that is over at once tells nothing. */
function createPace({ signal, progress }: Pick<ComputeContext, 'signal' | 'progress'>) {
  const start = performance.now()
  let [breath, given] = [start, start]
  return {
    isDue: () => performance.now() - breath > breathEvery,
    async breathe(fraction: number, doing: string): Promise<void> {
      if (performance.now() - start > resultEvery) progress(fraction, doing)
      await breathe()
      signal.throwIfAborted()
      breath = performance.now()
    },
    isResultDue(): boolean {
      if (performance.now() - given < resultEvery) return false
      given = performance.now()
      return true
    },
  }
}

/** Hull and cells of a layer that can be drawn. */
function shapeOf(tokens: OutputTokens, losers: readonly number[], reach: number) {
  const { weights, dimension, count } = tokens
  const isSmall = count * dimension <= smallLayer
  const lost = new Set(losers)
  const winners = Array.from({ length: count }, (_, token) => token).filter((token) => !lost.has(token))
  return {
    hull: isSmall && dimension === 2 ? hullInPlane(weights) : [],
    faces: isSmall && dimension === 3 ? hullInSpace(weights) : [],
    cells: isSmall && dimension === 2 ? winnerCells(tokens, winners, reach) : [],
  }
}

/** States of a layer too large to hold them in the result itself. */
function withStates(result: ArgmaxGeometryResult, states: Float64Array | null): ArgmaxGeometryResult {
  if (states === null) return result
  return { ...result, arrays: { winsAt: { shape: [result.tokens, result.dimensions], values: states } } }
}
