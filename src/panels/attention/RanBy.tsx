import { ChoiceWord } from '../../charts/ChoiceWord.tsx'
import { shortNumber } from '../../charts/numberFormat.ts'
import type { Edit } from '../contract.ts'
import type { AttentionExperiment } from './experiment.ts'
import type { Ran } from './result.ts'

interface RanByProps {
  readonly experiment: AttentionExperiment
  readonly ran: Ran
  readonly edit: Edit<AttentionExperiment>
}

const engines = [
  { id: 'auto', label: 'the fastest here' },
  { id: 'webgpu', label: 'WebGPU, float32' },
  { id: 'wasm', label: 'WebAssembly, float32' },
  { id: 'cpu', label: 'TypeScript, float64' },
] as const

/** What ran the model, how long it took and why it was this; and a choice of another. */
export function RanBy({ experiment, ran: { device, milliseconds, why }, edit }: RanByProps) {
  return (
    <p className="att-soft">
      Run by{' '}
      <ChoiceWord
        label="Engine"
        value={experiment.engine}
        options={engines}
        onChange={(id) => edit({ engine: engines.find((each) => each.id === id)?.id ?? experiment.engine })}
      />
      : {device}, {shortNumber(milliseconds, 2)} ms; {why}.
    </p>
  )
}
