import { shortNumber } from '../../charts/numberFormat.ts'
import { ScrubNumber } from '../../charts/ScrubNumber.tsx'
import type { Edit } from '../contract.ts'
import { PresetMenu } from '../PresetMenu.tsx'
import { wholeFrom } from '../wholeFrom.ts'
import { withToken } from './edits.ts'
import type { ArgmaxGeometryExperiment } from './experiment.ts'
import { FileParts } from './FileParts.tsx'
import { withRandom } from './fresh.ts'
import { presets } from './presets.ts'
import { isDrawn, type ArgmaxGeometryResult } from './result.ts'

export interface ControlsProps {
  readonly experiment: ArgmaxGeometryExperiment
  readonly result: ArgmaxGeometryResult | null
  readonly edit: Edit<ArgmaxGeometryExperiment>
  readonly table: boolean
  readonly setTable: (table: boolean) => void
  /** Asks for a layer of one's own. */
  readonly ask: () => void
}

/** Which layer it is, and four buttons. */
export function Controls({ experiment, result, edit, table, setTable, ask }: ControlsProps) {
  return (
    <div className="geo-controls">
      <Source {...{ experiment, result, edit }} />
      <div className="geo-buttons">
        <PresetMenu presets={presets} onChoose={edit} />
        <button type="button" className="tool-button" onClick={ask}>
          Own matrix
        </button>
        {result && isDrawn(result) && (
          <button
            type="button"
            className="tool-button"
            onClick={() => edit(withToken(experiment, result, beside(result)))}
          >
            + token
          </button>
        )}
        <button type="button" className="tool-button" aria-pressed={table} onClick={() => setTable(!table)}>
          Table
        </button>
      </div>
    </div>
  )
}

/** A place for a new token: up and right of the middle, where it is seen. */
const beside = ({ dimensions, reach }: ArgmaxGeometryResult): number[] =>
  Array.from({ length: dimensions }, (_, k) => reach * (k === 0 ? 0.3 : 0.15))

function Source({ experiment, result, edit }: Pick<ControlsProps, 'experiment' | 'result' | 'edit'>) {
  const { W, file, vocabulary, d, seed, biasSeed } = experiment
  if (file !== null) return <FileParts {...{ experiment, result, edit }} />
  if (W !== null)
    return (
      <p className="geo-source">
        Your own {W.length} tokens in {W[0]!.length} dimensions.{' '}
        <button type="button" className="geo-link" onClick={() => edit(withRandom({ vocabulary, d, seed, biasSeed }))}>
          Random ones again
        </button>
      </p>
    )
  const random = (patch: Partial<ArgmaxGeometryExperiment>, gesture: string) =>
    edit(withRandom({ vocabulary, d, seed, biasSeed, ...patch }), gesture)
  return (
    <p className="geo-source">
      <ScrubNumber
        value={vocabulary}
        label="tokens"
        range={[3, 300]}
        scale="log"
        multipleOf={1}
        format={(value) => shortNumber(value, 6)}
        problem={wholeFrom(2, 50_000)}
        onChange={(to, gesture) => random({ vocabulary: to }, gesture)}
      />{' '}
      tokens with random rows in{' '}
      <ScrubNumber
        value={d}
        label="dimensions"
        range={[2, 24]}
        scale="linear"
        multipleOf={1}
        problem={wholeFrom(1, 4096)}
        onChange={(to, gesture) => random({ d: to }, gesture)}
      />{' '}
      dimensions, seed{' '}
      <ScrubNumber
        value={seed}
        label="seed"
        range={[0, 5000]}
        scale="linear"
        multipleOf={1}
        problem={wholeFrom(0, 4_000_000_000)}
        format={String}
        onChange={(to, gesture) => random({ seed: to }, gesture)}
      />
      ,{' '}
      <button
        type="button"
        className="geo-link"
        aria-pressed={biasSeed !== null}
        onClick={() => edit({ biasSeed: biasSeed === null ? seed + 100 : null, b: null, h: null })}
      >
        {biasSeed === null ? 'no biases' : 'random biases'}
      </button>
      .
    </p>
  )
}
