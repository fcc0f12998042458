import type { PanelResult, Published } from '../contract.ts'
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
  return { sentence: sentenceOf(experiment, numbers), values: valuesOf(experiment, numbers) }
}

function valuesOf(experiment: RankExperiment, numbers: RankNumbers): Published {
  const { hidden: d, prompts } = experiment
  const { singularValues, rankTol, rows, cols, repeats, aboveThousandth: many, stableRank, entropyRank } = numbers
  const rank = foundRank(numbers)
  const remainder = remainderAt(experiment, numbers)
  return {
    rank,
    rankGap: numbers.rankGap ?? NaN,
    rankTol,
    rankAboveNoise: numbers.rankAboveNoise ?? NaN,
    logGap: numbers.logGap ?? NaN,
    expectedRank: numbers.expectedRank ?? NaN,
    floor: numbers.noiseEdge ?? NaN,
    sigma: numbers.sigma ?? NaN,
    firstBeyond: singularValues[rank] ?? NaN,
    largest: singularValues[0]!,
    rows,
    cols,
    repeats,
    aboveThousandth: many,
    stableRank,
    entropyRank,
    directions: remainder.directions,
    left: remainder.distance,
    leftShare: remainder.share,
    leftByErrors: remainder.ofErrors ?? NaN,
    kink: numbers.promptRanks?.kink ?? NaN,
    ...(numbers.title === null && { d, prompts }),
  }
}

function sentenceOf(experiment: RankExperiment, numbers: RankNumbers): string {
  const { singularValues, rankTol, rankAboveNoise, expectedRank, repeats, rows, cols } = numbers
  const of = numbers.title === null ? names[numbers.matrix] : `${numbers.title}, as ${names[numbers.matrix]},`
  if (singularValues[0] === 0)
    return `Every entry of the ${rows + repeats} × ${cols} matrix of ${of} is 0, and so is its rank.`
  const ranks =
    rankAboveNoise === null
      ? `rank ${rankTol} by float64’s tolerance`
      : `${rankAboveNoise} values stand above what the errors alone would give`
  const said = [
    `The ${rows} × ${cols} matrix of ${of} ${cliffWords(numbers)}: ${ranks}.`,
    levelWords(experiment, numbers),
    expectedRank === null ? ` ${numbers.aboveThousandth} are above a thousandth of the largest.` : '',
    numbers.title === null ? ` ${theorySentence(experiment)}` : fullOfRows(numbers),
    repeats === 0 ? '' : ` ${repeats} repeated ${repeats === 1 ? 'row was' : 'rows were'} left out.`,
    besides(experiment.compare, numbers),
    leftWords(experiment, numbers),
    numbers.rounding === null ? '' : ` Rounding of the entries: ${numbers.rounding}.`,
  ]
  return said.join('')
}

/** What the r that a person chose leaves. */
function leftWords(experiment: RankExperiment, numbers: RankNumbers): string {
  if (experiment.directions === null) return ''
  const { directions, distance, share } = remainderAt(experiment, numbers)
  const left = distance === 0 ? 'nothing' : `${shortNumber(distance)}, ${percent(share)} of it`
  return ` ${directions} ${directions === 1 ? 'direction leaves' : 'directions leave'} ${left}.`
}

/** Where theory fills the matrix, no gap is the rank's. */
function cliffWords({ rankGap, logGap, isFromLevel, laterDrop, rows, cols, expectedRank }: RankNumbers): string {
  const most = Math.min(rows, cols)
  const [behind, drop] = isFromLevel ? [laterDrop?.behind, laterDrop?.logGap] : [rankGap, logGap]
  const isCliff = (drop ?? 0) > leastGap && (behind ?? most) < most && expectedRank !== most
  return isCliff
    ? `drops most${isFromLevel ? ', its first value aside,' : ''} behind singular value ${behind}`
    : 'has no cliff'
}

/** Why the first value is no rank of 1, and which step lies behind it that is too small for a cliff. */
function levelWords({ hidden }: RankExperiment, { isFromLevel, laterDrop, title }: RankNumbers): string {
  if (!isFromLevel) return ''
  const level = ' The first value is only the common level of the log-probabilities, the all-ones direction.'
  if (laterDrop === null || laterDrop.logGap > leastGap) return level
  const { behind, logGap } = laterDrop
  const isKnown = title === null && behind === hidden + 1
  return `${level} Behind it the largest step, by a factor of ${shortNumber(Math.exp(logGap), 2)}, is at value ${behind}${isKnown ? ' = d + 1' : ''}.`
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
