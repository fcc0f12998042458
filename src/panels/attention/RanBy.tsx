import { ChoiceWord } from '../../charts/ChoiceWord.tsx'
import { shortNumber } from '../../charts/numberFormat.ts'
import type { Edit } from '../contract.ts'
import { engineNames } from '../engineNames.ts'
import type { AttentionExperiment } from './experiment.ts'
import type { Ran } from './result.ts'

interface RanByProps {
  readonly experiment: AttentionExperiment
  readonly ran: Ran
  readonly edit: Edit<AttentionExperiment>
}

/** What ran the model, how long it took and why it was this; and a choice of another. */
export function RanBy({ experiment, ran: { device, milliseconds, why }, edit }: RanByProps) {
  return (
    <p className="att-soft">
      Run by{' '}
      <ChoiceWord
        label="Engine"
        value={experiment.engine}
        options={engineNames}
        onChange={(id) => edit({ engine: engineNames.find((each) => each.id === id)?.id ?? experiment.engine })}
      />
      : {device}, {shortNumber(milliseconds, 2)} ms; {why}.
    </p>
  )
}
