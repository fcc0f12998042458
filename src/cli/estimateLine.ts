import { labelsFrom, resolveEstimatorParams, type Estimator, type EstimatorValues, type Sample } from '../math/index.ts'
import { resultJson } from './json.ts'
import { readFields, readMatrix, shown, type LineFields } from './matrixLine.ts'

export interface EstimateOptions {
  readonly estimator: Estimator
  /** As `--params` gave them, before defaults. */
  readonly given: Readonly<Record<string, unknown>>
  /** `given` with the defaults. */
  readonly params: EstimatorValues
}

type Kind = Sample['kind']

const fields = ['T', 'labels', 'npy', 'X', 'Y', 'S', 'counts', 'params']

/** The field that tells each kind of sample, and how such a line is written. */
const kinds: Readonly<Record<Kind, { readonly field: string; readonly example: string }>> = {
  activations: { field: 'T', example: '{"T":[[0.1,0.9],[0.8,0.2]],"labels":[0,1]}' },
  pair: { field: 'X', example: '{"X":[[0.1],[0.8]],"Y":[[0.3],[0.9]]}' },
  critic: { field: 'S', example: '{"S":[[2,0],[0,2]]}' },
  counts: { field: 'counts', example: '{"counts":[[10,2],[3,20]]}' },
}

/**
 * Reads one line's samples.
 * @returns a line of JSON without its end, in bits
 * @throws an error whose message says what is wrong with the line and what would be right
 */
export async function estimateLine(text: string, { estimator, given, params }: EstimateOptions): Promise<string> {
  const examples = estimator.accepts.map((kind) => kinds[kind].example).join(' or ')
  const line = readFields(text, fields, examples)
  const own = line['params']
  const all =
    own === undefined || own === null
      ? params
      : resolveEstimatorParams(estimator.id, estimator.params, { ...given, ...object(own) })
  const { nats, counts } = estimator.estimate(await sampleOf(line, estimator, examples), all)
  const bits = Object.fromEntries(Object.entries(nats).map(([name, value]) => [name, value / Math.LN2]))
  return resultJson({ ...bits, ...counts })
}

async function sampleOf(line: LineFields, { id, accepts }: Estimator, examples: string): Promise<Sample> {
  const has = (field: string) => line[field] !== undefined && line[field] !== null
  const kind =
    accepts.find((each) => has(kinds[each].field)) ??
    (has('npy') ? accepts.find((each) => each === 'activations') : undefined)
  if (kind === undefined) throw new Error(`${id} takes ${examples}`)
  const { example, field } = kinds[kind]
  const matrix = await readMatrix(line, field, example)
  switch (kind) {
    case 'activations':
      return { kind, T: matrix, labels: labelsOf(line['labels']) }
    case 'pair':
      return { kind, X: matrix, Y: await readMatrix({ Y: line['Y'] }, 'Y', example) }
    case 'critic':
      return { kind, S: matrix }
    case 'counts':
      return { kind, counts: matrix }
  }
}

function labelsOf(labels: unknown) {
  if (typeof labels === 'string') return labelsFrom(Array.from(labels))
  if (!Array.isArray(labels))
    throw new Error(`"labels" is ${shown(labels ?? null)}; it must be an array, or a string with a digit for each row`)
  const bad = labels.findIndex((label) => typeof label === 'object')
  if (bad >= 0) throw new Error(`"labels" has ${shown(labels[bad])} at ${bad}; a label is a number or a text`)
  return labelsFrom(labels)
}

function object(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`"params" is ${shown(value)}; it must be an object, such as {"bins":30}`)
  return value as Readonly<Record<string, unknown>>
}
