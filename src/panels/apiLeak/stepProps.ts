import type { Edit } from '../contract.ts'
import type { ApiLeakExperiment } from './experiment.ts'
import type { ApiLeakResult } from './result.ts'

/** What each part of the play draws from. */
export interface StepProps {
  readonly experiment: ApiLeakExperiment
  readonly result: ApiLeakResult
  readonly edit: Edit<ApiLeakExperiment>
}
