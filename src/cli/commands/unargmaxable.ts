import { OutputTokens, probabilityCeiling, repeatedRows, tokenTester } from '../../math/index.ts'
import type { Command } from '../command.ts'
import { resultJson } from '../json.ts'
import { answerLines } from '../jsonLines.ts'
import { readFields, readMatrix, readVector } from '../matrixLine.ts'

const fields = ['W', 'b', 'npy']
/** Left unread, a bias would change the answer without a word. */
const otherNames = { bias: 'b', biases: 'b', weights: 'W', weight: 'W' }
const example = '{"W":[[1,0],[0,1],[-1,-1]]}'

/** `softscope unargmaxable`: which tokens of an output layer can never come first; see `details`. */
export const unargmaxableCommand: Command = {
  name: 'unargmaxable',
  operands: [],
  flags: {
    certificates: {
      type: 'boolean',
      about: 'also the proofs: "weights" that enclose, and "winsAt" for all other tokens',
    },
  },
  summary: 'Finds the tokens of output layers W h + b on standard input that can never have the largest logit.',
  details: [
    'Input, one object a line:  {"W":[[1,0],[0,1],[-1,-1],[0,0]], "b":[0,0,0,0]}  or  {"npy":"unembedding.npy"}',
    'Output, one line for each: {"unargmaxable":[3], "enclosedBy":{"3":[0,1,2]}, "ceiling":{"3":0.25}}',
    '',
    'Rows of W are tokens, from 0. A token that can never win lies in the hull of the rows in "enclosedBy", and',
    '"ceiling" is the largest probability that any hidden state gives it. With --certificates "weights" holds how these',
    'rows average to it, and "winsAt" a hidden state for each token that can win. Every proof has been checked; a token',
    'for which neither was found to within rounding is listed in "undecided". A "ceiling" whose search did not end is left out.',
    'A bad line gives {"error":"..."} in its place; the others go on, and the exit status is 1.',
  ].join('\n'),
  run: ({ set }, io) =>
    answerLines(io, async (text) => {
      const line = readFields(text, fields, example, otherNames)
      const rows = await readMatrix(line, 'W', example)
      if (rows.rows < 2) throw new Error('"W" has one row; a token needs others to win against: give at least 2 rows')
      const tokens = new OutputTokens(rows, readVector(line, 'b', rows.rows))
      return resultJson({ ...decide(tokens, set.has('certificates')), ...notesOn(tokens) })
    }),
}

function decide(tokens: OutputTokens, withProofs: boolean) {
  const unargmaxable: number[] = []
  const undecided: number[] = []
  const enclosedBy: Record<string, readonly number[]> = {}
  const ceiling: Record<string, number> = {}
  const weights: Record<string, Float64Array> = {}
  const winsAt: Record<string, Float64Array> = {}
  const test = tokenTester(tokens)
  for (let token = 0; token < tokens.count; token++) {
    const verdict = test(token)
    if (verdict.kind === 'undecided') undecided.push(token)
    if (verdict.kind === 'argmaxable') winsAt[token] = verdict.hidden
    if (verdict.kind !== 'unargmaxable') continue
    unargmaxable.push(token)
    enclosedBy[token] = verdict.enclosedBy
    const { probability, isConverged } = probabilityCeiling(tokens, token)
    if (isConverged) ceiling[token] = probability
    weights[token] = verdict.weights
  }
  return {
    unargmaxable,
    enclosedBy,
    ceiling,
    ...(undecided.length > 0 && { undecided }),
    ...(withProofs && { weights, winsAt }),
  }
}

function notesOn({ weights }: OutputTokens): { notes?: string[] } {
  const [repeated] = repeatedRows(weights)
  if (!repeated) return {}
  return {
    notes: [
      `tokens ${repeated.slice(0, 2).join(' and ')} have the same row: the one without a larger bias can never win alone`,
    ],
  }
}
