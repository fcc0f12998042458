import type { Edit } from '../contract.ts'
import { offersOf } from '../matrixSource.ts'
import { MatrixWord } from '../MatrixWord.tsx'
import { PartWords } from '../PartWords.tsx'
import type { ArgmaxGeometryExperiment } from './experiment.ts'
import { defaults } from './experiment.ts'
import { withRandom } from './fresh.ts'
import { layerLimit } from './layer.ts'
import type { ArgmaxGeometryResult } from './result.ts'

export interface FilePartsProps {
  readonly experiment: ArgmaxGeometryExperiment
  readonly result: ArgmaxGeometryResult | null
  readonly edit: Edit<ArgmaxGeometryExperiment>
}

/** Which matrix of a file is tested, and the way back. */
export function FileParts({ experiment, result, edit }: FilePartsProps) {
  const { vocabulary, d, seed, biasSeed } = defaults
  const choices = offersOf(result?.choices ?? [], experiment)
  return (
    <p className="geo-source">
      {result && choices.length > 0 ? result.title : 'The file is being read'}.{' '}
      <MatrixWord
        choices={choices}
        tensor={experiment.tensor}
        limit={layerLimit}
        onChoose={(part) => edit({ ...part, token: null, h: null })}
      />{' '}
      <PartWords
        choices={choices}
        taken={experiment}
        limit={layerLimit}
        onChoose={(part, gesture) => edit({ ...part, token: null, h: null }, gesture)}
      />{' '}
      <button type="button" className="geo-link" onClick={() => edit(withRandom({ vocabulary, d, seed, biasSeed }))}>
        Random tokens again
      </button>
    </p>
  )
}
