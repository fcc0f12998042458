import type { ArgmaxGeometryExperiment } from './experiment.ts'
import { noMatrix } from '../matrixFields.ts'
import { biasesOf, randomRows } from './layer.ts'
import { nameOf } from './naming.ts'
import type { ArgmaxGeometryResult } from './result.ts'

type Experiment = ArgmaxGeometryExperiment
type Patch = Partial<Experiment>

/** A token at another place; the layer becomes one's own. */
export function withPoint(
  experiment: Experiment,
  result: ArgmaxGeometryResult,
  token: number,
  row: readonly number[],
): Patch {
  const W = rowsOf(experiment, result).with(token, row.map(short))
  return { ...noMatrix, W, h: null }
}

/** A further token at this place, called by the first number that no other has. */
export function withToken(experiment: Experiment, result: ArgmaxGeometryResult, row: readonly number[]): Patch {
  const W = [...rowsOf(experiment, result), row.map(short)]
  const taken = namesOf(experiment, result)
  const name = Array.from({ length: taken.length + 1 }, (_, k) => String(k)).find((each) => !taken.includes(each))!
  const b = biasesOf(experiment, result.tokens)
  return { ...noMatrix, W, names: [...taken, name], ...(b && { b: [...b, 0] }), token: W.length - 1, h: null }
}

/** Without a token, or null where only two are left; the others keep their names. */
export function withoutToken(experiment: Experiment, result: ArgmaxGeometryResult, token: number): Patch | null {
  if (result.tokens <= 2) return null
  const rest = <T>(list: readonly T[]): T[] => list.filter((_, k) => k !== token)
  const b = biasesOf(experiment, result.tokens)
  return {
    ...noMatrix,
    W: rest(rowsOf(experiment, result)),
    names: rest(namesOf(experiment, result)),
    ...(b && { b: rest([...b]) }),
    token: null,
    h: null,
  }
}

export const withName = (experiment: Experiment, result: ArgmaxGeometryResult, token: number, name: string): Patch => ({
  names: namesOf(experiment, result).with(token, name.trim()),
})

/** A token's bias changed; without any other biases they are 0. */
export function withBias(experiment: Experiment, result: ArgmaxGeometryResult, token: number, bias: number): Patch {
  const before = biasesOf(experiment, result.tokens) ?? new Float64Array(result.tokens)
  return { b: [...before].with(token, bias), cure: 'none' }
}

/** Rows before the cure; of a file, as they are drawn. */
function rowsOf(experiment: Experiment, { W, tokens, dimensions }: ArgmaxGeometryResult): number[][] {
  if (experiment.W !== null) return experiment.W
  const values = experiment.file === null ? randomRows(experiment).values : W
  if (values === null) throw new Error('argmax-geometry: a layer this large cannot be edited')
  return Array.from({ length: tokens }, (_, r) => [...values.subarray(r * dimensions, (r + 1) * dimensions)])
}

const namesOf = ({ names }: Experiment, { tokens }: ArgmaxGeometryResult): string[] =>
  Array.from({ length: tokens }, (_, token) => nameOf(token, names))

/** What one sees of a drag, and no more: four digits. */
export const short = (x: number): number => Number(x.toFixed(4)) || 0
