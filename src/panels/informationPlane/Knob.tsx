import { ScrubNumber, type ScrubNumberProps } from '../../charts/ScrubNumber.tsx'
import type { Edit } from '../contract.ts'
import type { InformationPlaneExperiment } from './experiment.ts'

type NumberField = {
  [Name in keyof InformationPlaneExperiment]: InformationPlaneExperiment[Name] extends number ? Name : never
}[keyof InformationPlaneExperiment]

export interface KnobProps extends Omit<ScrubNumberProps, 'value' | 'onChange'> {
  /** The field of the experiment that it turns. */
  readonly field: NumberField
  readonly experiment: InformationPlaneExperiment
  readonly edit: Edit<InformationPlaneExperiment>
}

/** A number of the experiment to drag. */
export function Knob({ field, experiment, edit, ...rest }: KnobProps) {
  return (
    <ScrubNumber
      {...rest}
      value={experiment[field]}
      onChange={(value, gesture) => edit({ [field]: value, ...(field === 'epochs' && { epoch: null }) }, gesture)}
    />
  )
}
