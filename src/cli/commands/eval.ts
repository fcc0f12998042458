import { resolveParams, type Normalizer } from '../../math/index.ts'
import { UsageError, type Command } from '../command.ts'
import { evaluables } from '../evaluables.ts'
import { evalLine, type EvalOptions } from '../evalLine.ts'
import { answerLines } from '../jsonLines.ts'
import { suggestion } from '../nearest.ts'
import { paramsFlag } from '../paramsFlag.ts'

/** `softscope eval ID`: JSON lines in, JSON lines out, one for one; see `details`. */
export const evalCommand: Command = {
  name: 'eval',
  operands: ['ID'],
  flags: {
    params: { type: 'string', value: 'JSON', about: `the normalizer's parameters: --params '{"T":2}'` },
    vjp: { type: 'boolean', about: 'also the vector-Jacobian product of each line and its "cotangent"' },
    loss: { type: 'boolean', about: 'also the loss that belongs to the normalizer, at "target", with its gradient' },
  },
  summary: 'Applies a normalizer to JSON lines on standard input, in float64.',
  details: [
    'Input, one object a line:  {"x":[2,1,"-Infinity"], "mask":[true,true,false], "cotangent":[1,0,0], "target":0}',
    'Output, one line for each: {"y":[...], "vjp":[...], "loss":{"value":..., "grad":[...]}}',
    '',
    'Only "x" is always needed. A mask keeps entries by true or 1 and drops them by false or 0. "params" in a line',
    'go before --params, for that line. Infinity, -Infinity and NaN are written as strings. Empty lines are skipped.',
    'A bad line gives {"error":"..."} in its place; the others go on, and the exit status is 1.',
  ].join('\n'),
  async run({ positionals, text, set }, io) {
    const normalizer = known(positionals[0] ?? '')
    const given = paramsFlag(text['params'])
    if (set.has('loss') && !normalizer.loss) {
      const having = evaluables.filter(({ loss }) => loss).map(({ id }) => id)
      throw new UsageError(`--loss: no loss belongs to ${normalizer.id}; one belongs to ${having.join(', ')}`)
    }
    const options: EvalOptions = {
      normalizer,
      given,
      params: checkedParams(normalizer, given),
      vjp: set.has('vjp'),
      loss: set.has('loss'),
    }
    return answerLines(io, (line) => evalLine(line, options))
  },
}

function known(id: string): Normalizer {
  const normalizer = evaluables.find((each) => each.id === id)
  if (normalizer) return normalizer
  const ids = evaluables.map((each) => each.id)
  throw new UsageError(`there is no normalizer "${id}"${suggestion(id, ids) || `; there are ${ids.join(', ')}`}`)
}

function checkedParams(normalizer: Normalizer, given: Readonly<Record<string, unknown>>) {
  try {
    return resolveParams(normalizer.id, normalizer.params, given)
  } catch (error) {
    throw new UsageError(`--params: ${error instanceof Error ? error.message : String(error)}`)
  }
}
