import { rankDecisions, repeatedRows, singularValues } from '../../math/index.ts'
import type { Command } from '../command.ts'
import { resultJson } from '../json.ts'
import { answerLines } from '../jsonLines.ts'
import { readFields, readMatrix, shown, type LineFields } from '../matrixLine.ts'

const fields = ['matrix', 'npy', 'noise']
const example = '{"matrix":[[1,2],[3,4]]}'

/** `softscope spectrum`: singular values of matrices and three ways to decide their rank; see `details`. */
export const spectrumCommand: Command = {
  name: 'spectrum',
  operands: [],
  flags: {},
  summary: 'Singular values of matrices on standard input, in float64, and their rank decided three ways.',
  details: [
    'Input, one object a line:  {"matrix":[[1,2],[3,4]], "noise":0.01}  or  {"npy":"logits.npy"}',
    'Output, one line for each: {"singularValues":[...], "rankGap":..., "rankTol":..., "rankAboveNoise":..., "logGap":...}',
    '',
    '"rankGap" is where the logarithms of the singular values drop most, by "logGap"; below about 2 it decides nothing,',
    'and both are null where there is but one value. "rankTol" counts the values above the largest times',
    'max(rows, columns) times 2^-52: right for entries exact to float64. "rankAboveNoise" counts those above 1.25 times',
    'what noise alone would give, where "noise" is the standard deviation of the errors in the entries; null without it.',
    '"notes", if there, says what is odd about a matrix: one row, rows that repeat.',
    'A bad line gives {"error":"..."} in its place; the others go on, and the exit status is 1.',
  ].join('\n'),
  run: (_, io) =>
    answerLines(io, async (text) => {
      const line = readFields(text, fields, example)
      const matrix = await readMatrix(line, 'matrix', example)
      const noise = noiseOf(line)
      const s = singularValues(matrix)
      const { rankGap, rankTol, rankAboveNoise, logGap } = rankDecisions(s, matrix.rows, matrix.cols, noise)
      const notes: string[] = []
      if (s.length === 1) {
        notes.push(`one ${matrix.rows === 1 ? 'row' : 'column'}: a rank needs at least 2 rows and 2 columns`)
      }
      const [repeated] = repeatedRows(matrix)
      if (repeated) {
        notes.push(
          `rows ${repeated.slice(0, 2).join(' and ')} are the same: repeated rows make exact zeros that mislead rankGap; leave them out`,
        )
      }
      return resultJson({ singularValues: s, rankGap, rankTol, rankAboveNoise, logGap, ...(notes[0] && { notes }) })
    }),
}

function noiseOf({ noise }: LineFields): number | null {
  if (noise === undefined || noise === null) return null
  if (typeof noise === 'number' && noise >= 0 && noise < Infinity) return noise
  throw new Error(`"noise" is ${shown(noise)}; it must be a standard deviation, 0 or more`)
}
