import type { Edit } from '../contract.ts'
import { MatrixWord } from '../MatrixWord.tsx'
import type { ArgmaxGeometryExperiment } from './experiment.ts'
import { defaults } from './experiment.ts'
import { withRandom } from './fresh.ts'
import { layerLimit } from './layer.ts'
import type { ArgmaxGeometryResult } from './result.ts'

/** Opens files that hold a layer: a matrix, or a model's weights with its config. */
export function FileButton({ bring }: { readonly bring: (files: readonly File[]) => void }) {
  return (
    <label className="tool-button geo-file">
      Own matrix
      <input
        type="file"
        multiple
        className="geo-hidden"
        title="NPY, CSV, JSON or text with a row for each token; safetensors, or a model with its config.json. It stays in this browser."
        accept=".npy,.csv,.tsv,.txt,.json,.safetensors,.bin"
        onChange={(event) => {
          bring([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
    </label>
  )
}

export interface FilePartsProps {
  readonly experiment: ArgmaxGeometryExperiment
  readonly result: ArgmaxGeometryResult | null
  readonly edit: Edit<ArgmaxGeometryExperiment>
}

/** Which matrix of a file is tested, and the way back. */
export function FileParts({ experiment, result, edit }: FilePartsProps) {
  const { vocabulary, d, seed, biasSeed } = defaults
  return (
    <p className="geo-source">
      {result?.title ?? 'The file is being read'}.{' '}
      <MatrixWord
        choices={result?.choices ?? []}
        tensor={experiment.tensor}
        limit={layerLimit}
        onChoose={(part) => edit({ ...part, token: null, h: null })}
      />{' '}
      <button type="button" className="geo-link" onClick={() => edit(withRandom({ vocabulary, d, seed, biasSeed }))}>
        Random tokens again
      </button>
    </p>
  )
}
