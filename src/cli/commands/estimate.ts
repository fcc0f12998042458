import { estimators, resolveEstimatorParams, type Estimator } from '../../math/index.ts'
import { UsageError, type Command } from '../command.ts'
import { estimateLine } from '../estimateLine.ts'
import { answerLines } from '../jsonLines.ts'
import { suggestion } from '../nearest.ts'
import { paramsFlag } from '../paramsFlag.ts'

/** `softscope estimate ID`: samples as JSON lines in, readings in bits out, one for one; see `details`. */
export const estimateCommand: Command = {
  name: 'estimate',
  operands: ['ID'],
  flags: {
    params: { type: 'string', value: 'JSON', about: `the estimator's parameters: --params '{"bins":30}'` },
  },
  summary: 'Estimates information from samples in JSON lines on standard input, in bits.',
  details: [
    'Input, one object a line; each estimator takes one or two of these:',
    '  {"T":[[...],...], "labels":[...]}   activations of a layer, a row for each input, and its classes,',
    '                                      an array or a string of digits; "npy" may name a file instead of "T"',
    '  {"X":[[...],...], "Y":[[...],...]}  pairs of samples',
    '  {"S":[[...],...]}                   scores of a critic, the paired samples on the diagonal',
    '  {"counts":[[...],...]}              a contingency table',
    'Output, one line for each, by the estimator: {"H_T":..., "I_XT":..., "I_TY":..., "n_states":...}, {"I":...}, ...',
    '',
    'Information and entropies are in bits. "params" in a line go before --params, for that line. Infinity, -Infinity',
    'and NaN are written as strings. A bad line gives {"error":"..."} in its place; the others go on, and the exit',
    'status is 1. `softscope list` names the estimators and their parameters.',
  ].join('\n'),
  async run({ positionals, text }, io) {
    const estimator = known(positionals[0] ?? '')
    const given = paramsFlag(text['params'])
    const params = checkedParams(estimator, given)
    return answerLines(io, (line) => estimateLine(line, { estimator, given, params }))
  },
}

function known(id: string): Estimator {
  const estimator = estimators.find((each) => each.id === id)
  if (estimator) return estimator
  const ids = estimators.map((each) => each.id)
  throw new UsageError(`there is no estimator "${id}"${suggestion(id, ids) || `; there are ${ids.join(', ')}`}`)
}

function checkedParams(estimator: Estimator, given: Readonly<Record<string, unknown>>) {
  try {
    return resolveEstimatorParams(estimator.id, estimator.params, given)
  } catch (error) {
    throw new UsageError(`--params: ${error instanceof Error ? error.message : String(error)}`)
  }
}
