import type { PanelResult } from '../contract.ts'
import { percent, shortNumber } from '../../charts/numberFormat.ts'
import type { RankExperiment } from './experiment.ts'
import { foundRank, remainderAt } from './remainder.ts'
import type { RankNumbers } from './result.ts'
import { theorySentence } from './theory.ts'

const names: Record<RankExperiment['view'], string> = {
  logits: 'logits',
  'log-probabilities': 'log-probabilities',
  centred: 'centred log-probabilities (clr)',
  probabilities: 'probabilities',
}

/** A drop of s by e² or less is no cliff. */
export const leastGap = 2

export function describe(experiment: RankExperiment, numbers: RankNumbers): Pick<PanelResult, 'sentence' | 'values'> {
  const { hidden, prompts, compare } = experiment
  const { singularValues, rankGap, rankTol, rankAboveNoise, logGap, expectedRank, repeats } = numbers
  const { rows, cols, stableRank, entropyRank } = numbers
  const most = Math.min(rows, cols)
  // Where theory fills the matrix, no gap is the rank's: the first value of log-probabilities is their common mean.
  const isCliff = rankGap !== null && logGap !== null && logGap > leastGap && rankGap < most && expectedRank !== most
  const rank = foundRank(numbers)
  const remainder = remainderAt(experiment, numbers)
  const values = {
    rank,
    rankGap: rankGap ?? NaN,
    rankTol,
    rankAboveNoise: rankAboveNoise ?? NaN,
    logGap: logGap ?? NaN,
    expectedRank: expectedRank ?? NaN,
    floor: numbers.noiseEdge ?? NaN,
    sigma: numbers.sigma ?? NaN,
    firstBeyond: singularValues[rank] ?? NaN,
    largest: singularValues[0]!,
    rows,
    cols,
    repeats,
    aboveThousandth: numbers.aboveThousandth,
    stableRank,
    entropyRank,
    directions: remainder.directions,
    left: remainder.distance,
    leftShare: remainder.share,
    leftByErrors: remainder.ofErrors ?? NaN,
    kink: numbers.promptRanks?.kink ?? NaN,
    ...(numbers.title === null && { d: hidden, prompts }),
  }
  const matrix =
    numbers.title === null
      ? `The ${rows} × ${cols} matrix of ${names[numbers.matrix]}`
      : `The ${rows} × ${cols} matrix of ${numbers.title}, as ${names[numbers.matrix]},`
  const cliff = isCliff ? `drops most behind singular value ${rankGap}` : 'has no cliff'
  const ranks =
    rankAboveNoise === null
      ? `rank ${rankTol} by float64’s tolerance`
      : `${rankAboveNoise} values stand above what the errors alone would give`
  const traces = expectedRank === null ? ` ${numbers.aboveThousandth} are above a thousandth of the largest.` : ''
  const theory = numbers.title === null ? ` ${theorySentence(experiment)}` : fullOfRows(numbers)
  const merged = repeats === 0 ? '' : ` ${repeats} repeated ${repeats === 1 ? 'row was' : 'rows were'} left out.`
  const rounding = numbers.rounding === null ? '' : ` Rounding of the entries: ${numbers.rounding}.`
  const left =
    experiment.directions === null
      ? ''
      : ` ${remainder.directions} ${remainder.directions === 1 ? 'direction leaves' : 'directions leave'} ${remainder.distance === 0 ? 'nothing' : `${shortNumber(remainder.distance)}, ${percent(remainder.share)} of it`}.`
  return {
    sentence: `${matrix} ${cliff}: ${ranks}.${traces}${theory}${merged}${besides(compare, numbers)}${left}${rounding}`,
    values,
  }
}

/** Of a brought matrix: where every row adds a direction, more rows might add more. */
const fullOfRows = (numbers: RankNumbers): string =>
  foundRank(numbers) === numbers.rows && numbers.rows <= numbers.cols
    ? ' As many as rows: the rank only counts rows.'
    : ''

/** How many singular values are more than a trace: a full rank by tolerance may be mostly traces. */
export const aboveThousandth = (s: Float64Array): number => s.filter((value) => value > 1e-3 * s[0]!).length

/** The number by which each spectrum that is laid under this one differs. */
function besides(compare: RankExperiment['compare'], numbers: RankNumbers): string {
  const { compared } = numbers
  if (compared.length === 0) return ''
  if (compare === 'layers') {
    const counts = compared.map(({ label, singularValues: s }) => `${label} ${aboveThousandth(s)}`)
    return ` Above a thousandth of the largest: as set ${numbers.aboveThousandth}, ${counts.join(', ')}.`
  }
  const rank = numbers.expectedRank ?? foundRank(numbers)
  const behind = compared.flatMap(({ label, singularValues: s }) =>
    rank < s.length ? [`${label} ${shortNumber(s[rank]!, 2)}`] : [],
  )
  return behind.length === 0 ? '' : ` Largest value behind number ${rank}: ${behind.join(', ')}.`
}
