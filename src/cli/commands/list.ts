import {
  estimators,
  normalizers,
  type Estimator,
  type FlagParam,
  type Normalizer,
  type ParamSpec,
} from '../../math/index.ts'
import type { AnyPanel } from '../../panels/contract.ts'
import type { Command } from '../command.ts'
import { evaluables, functions } from '../evaluables.ts'
import { resultJson } from '../json.ts'
import { write } from '../write.ts'

/** `softscope list`: what there is to evaluate and to run, with parameters. */
export const listCommand = (panels: readonly AnyPanel[]): Command => ({
  name: 'list',
  operands: [],
  flags: { json: { type: 'boolean', about: 'everything there is to know, as one JSON object' } },
  summary: 'Lists the normalizers, the estimators and the panels with their parameters.',
  details: 'Names in the first column are what eval, estimate and run take.',
  async run({ set }, { stdout }) {
    await write(stdout, set.has('json') ? `${resultJson(catalogue(panels))}\n` : table(panels))
    return 0
  },
})

function catalogue(panels: readonly AnyPanel[]) {
  const described = ({ id, label, family, summary, params, formula, sources, loss }: Normalizer) => {
    return { id, label, family, summary, params, formula, sources, loss: loss?.label ?? null }
  }
  return {
    normalizers: normalizers.map(described),
    functions: functions.map(described),
    estimators: estimators.map(({ id, label, summary, measure, accepts, params, cost, sources }) => {
      return { id, label, summary, measure, accepts, params, cost, sources }
    }),
    panels: panels.map(({ id, title, summary, version, sources, defaults, presets }) => {
      return { id, title, summary, version, sources, defaults, presets }
    }),
  }
}

function table(panels: readonly AnyPanel[]): string {
  const width = Math.max(...[...evaluables, ...estimators, ...panels].map(({ id }) => id.length))
  const row = (id: string, text: string) => `  ${id.padEnd(width)}  ${text}\n`
  const parameters = (params: Readonly<Record<string, ParamSpec | FlagParam>>) =>
    Object.entries(params).map(([name, spec]) => row('', `${name} = ${spec.default}  ${accepted(spec)}`))
  const estimator = ({ id, summary, params }: Estimator) => row(id, summary) + parameters(params).join('')
  const evaluable = ({ id, summary, params, loss }: Normalizer) => {
    return row(id, summary) + parameters(params).join('') + (loss ? row('', `loss: ${loss.label}`) : '')
  }
  const runnable = ({ id, summary, defaults }: AnyPanel) => {
    const fields = Object.entries(defaults).map(([name, value]) => row('', `${name} = ${shown(value)}`))
    return row(id, summary) + fields.join('')
  }
  return [
    'Normalizers (softscope eval ID)\n',
    ...normalizers.map(evaluable),
    '\nOther functions of a row (softscope eval ID)\n',
    ...functions.map(evaluable),
    '\nEstimators of information (softscope estimate ID)\n',
    ...estimators.map(estimator),
    '\nPanels (softscope run PANEL)\n',
    ...panels.map(runnable),
  ].join('')
}

/** A parameter in words: `(temperature; above 0)`. */
function accepted(spec: ParamSpec | FlagParam): string {
  if (spec.kind === 'flag') return `(${spec.label}; true or false)`
  if (spec.kind === 'choice') return `(${spec.label}; ${spec.options.join(', ')})`
  const { above, atLeast, atMost, integer, even } = spec.domain
  const limits = [
    spec.label,
    even ? 'even' : integer ? 'whole' : '',
    above === undefined ? '' : `above ${above}`,
    atLeast === undefined ? '' : `at least ${atLeast}`,
    atMost === undefined ? '' : `at most ${atMost}`,
    spec.kind === 'number-or-word' ? `or ${spec.words.join(', ')}` : '',
  ]
  return `(${limits.filter((limit) => limit !== '').join('; ')})`
}

function shown(value: unknown): string {
  const text = resultJson(value)
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}
