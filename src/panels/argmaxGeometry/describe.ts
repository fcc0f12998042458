import type { PanelResult } from '../contract.ts'
import type { ArgmaxGeometryExperiment } from './experiment.ts'
import { isNearOne, stateInView, tokenInView, type StateInView, type TokenInView } from './inView.ts'
import { listed, nameOf, plural } from './naming.ts'
import type { Numbers } from './result.ts'

type Names = ArgmaxGeometryExperiment['names']

/** What one sees: how many tokens can never win, what is known of the one looked at, and who wins at the state. */
export function describe(
  experiment: ArgmaxGeometryExperiment,
  result: Numbers,
): Pick<PanelResult, 'sentence' | 'values'> {
  const { names, box, h } = experiment
  const { tokens, dimensions, tested, unargmaxable, undecided, shareByD, repeats } = result
  const token = tokenInView(experiment, result)
  const state = stateInView(experiment, result, token.state)
  return {
    sentence: [
      overall(result, names),
      ...(experiment.token !== null && experiment.token >= tokens ? [noSuchToken(experiment.token, tokens)] : []),
      ofToken(token, names),
      ...(h === null || state === null ? [] : [atState(state, names)]),
      ...(repeats.length === 0 ? [] : [ofRepeats(repeats, names)]),
    ].join(' '),
    values: {
      tokens,
      d: dimensions,
      tested,
      unargmaxable: unargmaxable.length,
      undecided: undecided.length,
      ...(tested > 0 && { share: unargmaxable.length / tested }),
      which: listed(unargmaxable, names),
      lost: Object.fromEntries(shareByD.map(({ d, count }) => [`d${d}`, count])),
      shares: Object.fromEntries(shareByD.map(({ d, share }) => [`d${d}`, share])),
      token: nameOf(token.token, names),
      verdict: token.verdict,
      enclosedBy: listed(
        token.enclosedBy.map(({ token: other }) => other),
        names,
      ),
      // Neither where it is not known: a bound may stand beside it.
      ...(token.ceiling !== null && { ceiling: token.ceiling }),
      ...(token.bound !== null && { bound: token.bound }),
      ...(token.error !== null && { error: token.error }),
      ...(token.margin !== null && { margin: token.margin }),
      ...(token.radius !== null && { radius: token.radius, box }),
      ...(state && {
        winner: state.winner === null ? 'nobody alone' : nameOf(state.winner, names),
        probability: state.probabilities[token.token]!,
        top: state.probabilities[state.order[0]!]!,
      }),
    },
  }
}

const percent = (p: number) => `${(100 * p).toPrecision(3)} %`

function overall({ tokens, dimensions, tested, unargmaxable, undecided }: Numbers, names: Names): string {
  if (tested === 0) return `None of ${plural(tokens, 'token')} is tested yet.`
  const all = tested < tokens ? `the first ${tested.toLocaleString('en-US')} tokens` : plural(tokens, 'token')
  const of = `Of ${all} in ${plural(dimensions, 'dimension')}`
  const open = undecided.length === 0 ? '' : `; undecided to within rounding: ${listed(undecided, names)}`
  if (unargmaxable.length > 0)
    return `${of} ${unargmaxable.length.toLocaleString('en-US')} can never win, whatever the hidden state: ${listed(unargmaxable, names)}${open}.`
  return `${of} ${open === '' ? 'each can win somewhere' : `none is known to lose everywhere${open}`}.`
}

const noSuchToken = (token: number, tokens: number): string =>
  `There is no token ${token}: they are numbered from 0 to ${tokens - 1}.`

function ofToken({ token, verdict, enclosedBy, ceiling, bound, margin }: TokenInView, names: Names): string {
  const name = `Token ${nameOf(token, names)}`
  switch (verdict) {
    case 'can never win': {
      const others = listed(
        enclosedBy.map(({ token: other }) => other),
        names,
      )
      const most = ceiling === null ? `at most ${percent(bound ?? 1)} by its weights` : `at most ${percent(ceiling)}`
      return `${name} lies ${enclosedBy.length === 1 ? 'on' : 'among'} ${others} and gets ${most}.`
    }
    case 'can win': {
      const most = ceiling === null || isNearOne(ceiling) ? '' : `, and gets at most ${percent(ceiling)} anywhere`
      return margin === null
        ? `${name} can win${most}.`
        : `${name} can win, by ${margin.toPrecision(3)} in logits where h points${most}.`
    }
    case 'undecided':
      return `${name} is undecided: it lies on the edge to within rounding.`
    case 'not tested yet':
      return `${name} is not tested yet.`
  }
}

const atState = ({ winner, order, probabilities }: StateInView, names: Names): string =>
  winner === null
    ? `At the chosen hidden state ${nameOf(order[0]!, names)} and ${nameOf(order[1]!, names)} tie: nobody wins alone.`
    : `At the chosen hidden state ${nameOf(winner, names)} wins, with ${percent(probabilities[winner]!)}.`

function ofRepeats(repeats: Numbers['repeats'], names: Names): string {
  const more = repeats.length > 1 ? ` (and ${repeats.length - 1} more such groups)` : ''
  return `Tokens ${listed(repeats[0]!, names)} have the same row${more}: they tie wherever their biases are equal, and to win is to be alone in front.`
}
