import { shortNumber } from '../../charts/numberFormat.ts'
import { ScrubNumber } from '../../charts/ScrubNumber.tsx'
import { maxEntries, type ActivationsExperiment } from './experiment.ts'
import type { Change } from './VariantHead.tsx'

/** Where logits come from when they are not written out, and what is done to all of them. */
export type Source = Pick<ActivationsExperiment, 'scale' | 'shift' | 'generate' | 'data'>

export interface SourceLineProps {
  readonly source: Source
  readonly change: Change
}

/** Where the logits come from, and what is done to all of them. */
export function SourceLine({ source, change }: SourceLineProps) {
  const { scale, shift, generate, data } = source
  return (
    <p className="source-line">
      {data !== null && <DataRow data={data} change={change} />}
      {data === null && generate !== null && <Generator generate={generate} change={change} />}
      {data === null && generate === null && <span>logits</span>}
      <span>
        ×{' '}
        <ScrubNumber
          value={scale}
          label="scale of all logits"
          range={[0.01, 100]}
          scale="log"
          problem={(value) => (value > 0 ? null : 'above 0')}
          onChange={(value, gesture) => change(() => ({ scale: value }), gesture)}
        />
      </span>
      <span>
        +{' '}
        <ScrubNumber
          value={shift}
          label="shift of all logits"
          range={[-20, 20]}
          scale="linear"
          onChange={(value, gesture) => change(() => ({ shift: value }), gesture)}
        />
      </span>
    </p>
  )
}

type Filled<K extends 'data' | 'generate'> = NonNullable<ActivationsExperiment[K]>

function DataRow({ data, change }: { readonly data: Filled<'data'>; readonly change: Change }) {
  const { name, row, rows, cols } = data
  return (
    <>
      <span>
        {name}, {shortNumber(cols, 7)} entries
      </span>
      {rows > 1 && (
        <span>
          row{' '}
          <ScrubNumber
            value={row}
            label={`row of ${name}, from 0`}
            range={[0, rows - 1]}
            scale="linear"
            multipleOf={1}
            format={(value) => shortNumber(value, 9)}
            problem={(value) =>
              Number.isInteger(value) && value >= 0 && value < rows ? null : `a whole number from 0 to ${rows - 1}`
            }
            onChange={(value, gesture) => change(() => ({ data: { ...data, row: value } }), gesture)}
          />{' '}
          of {shortNumber(rows, 9)}
        </span>
      )}
    </>
  )
}

function Generator({ generate, change }: { readonly generate: Filled<'generate'>; readonly change: Change }) {
  const whole = (low: number, high: number) => (value: number) =>
    Number.isInteger(value) && value >= low && value <= high ? null : `a whole number from ${low} to ${high}`
  const set = (patch: Partial<Filled<'generate'>>, gesture: string) =>
    change(() => ({ generate: { ...generate, ...patch }, masked: [] }), gesture)
  return (
    <>
      <span>
        <ScrubNumber
          value={generate.n}
          label="number of Gaussian logits"
          range={[2, maxEntries]}
          scale="log"
          multipleOf={1}
          format={(value) => shortNumber(value, 7)}
          problem={whole(1, maxEntries)}
          onChange={(n, gesture) => set({ n }, gesture)}
        />{' '}
        Gaussian logits
      </span>
      <span>
        deviation{' '}
        <ScrubNumber
          value={generate.sd}
          label="standard deviation"
          range={[0.1, 10]}
          scale="log"
          problem={(value) => (value > 0 ? null : 'above 0')}
          onChange={(sd, gesture) => set({ sd }, gesture)}
        />
      </span>
      <span>
        seed{' '}
        <ScrubNumber
          value={generate.seed}
          label="seed"
          range={[0, 99]}
          scale="linear"
          multipleOf={1}
          problem={whole(0, 2 ** 32 - 1)}
          onChange={(seed, gesture) => set({ seed }, gesture)}
        />
      </span>
    </>
  )
}
