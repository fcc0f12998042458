import { percent, shortNumber } from '../../charts/numberFormat.ts'
import { ScrubNumber } from '../../charts/ScrubNumber.tsx'
import type { Edit } from '../contract.ts'
import { wholeFrom } from '../wholeFrom.ts'
import type { RankExperiment } from './experiment.ts'
import { remainderAt } from './remainder.ts'
import type { RankResult } from './result.ts'

interface Props {
  readonly experiment: RankExperiment
  readonly result: RankResult
  readonly edit: Edit<RankExperiment>
}

/** How well r directions do, r being the found rank until somebody chooses another. */
export function RemainderLine({ experiment, result, edit }: Props) {
  const { directions, distance, share, ofErrors } = remainderAt(experiment, result)
  const most = Math.min(result.rows, result.cols)
  return (
    <p className="rank-note">
      <ScrubNumber
        value={directions}
        label="directions that are kept"
        range={[0, most]}
        scale="linear"
        multipleOf={1}
        problem={wholeFrom(0, most)}
        onChange={(r, gesture) => edit({ directions: r }, gesture)}
      />{' '}
      {directions === 1 ? 'direction leaves' : 'directions leave'}{' '}
      {distance === 0 ? (
        'nothing of the matrix.'
      ) : (
        <>
          {shortNumber(distance)}, or {percent(share)} of the matrix (Frobenius norm); no matrix of that rank comes
          nearer.
        </>
      )}
      {ofErrors !== null && distance > 0 && <> The errors alone would leave about {shortNumber(ofErrors)}.</>}{' '}
      {experiment.directions !== null && (
        <button type="button" className="tool-button" onClick={() => edit({ directions: null })}>
          As many as found
        </button>
      )}
    </p>
  )
}
