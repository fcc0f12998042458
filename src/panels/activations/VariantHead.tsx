import { lazy, memo, Suspense } from 'react'
import { Popover } from '../../charts/Popover.tsx'
import { variantColour } from '../../charts/variantColour.ts'
import { sameValue } from '../sameValue.ts'
import type { ActivationsExperiment, VariantSetting } from './experiment.ts'
import { ParamControl } from './ParamControl.tsx'
import { normalizerById } from '../../math/normalizers/index.ts'

const VariantDetails = lazy(() => import('./VariantDetails.tsx').then((module) => ({ default: module.VariantDetails })))

export interface VariantHeadProps {
  readonly setting: VariantSetting
  readonly isReference: boolean
  /** Changes the experiment as it is when the change happens. */
  readonly change: Change
}

export type Change = (
  make: (experiment: ActivationsExperiment) => Partial<ActivationsExperiment>,
  gesture?: string,
) => void

/** A variant's name, behind which lies all about it, and its parameters. */
export const VariantHead = memo(Head, sameValue)

function Head({ setting, isReference, change }: VariantHeadProps) {
  const entry = normalizerById(setting.normalizer)
  if (entry === undefined) return null
  return (
    <div className="variant-head">
      <Popover
        className="variant-name"
        button={
          <>
            <span className="variant-dot" style={{ background: variantColour(entry.id) }} />
            {entry.label}
          </>
        }
        label={`${entry.label}: formula, laws, source`}
        title={entry.label}
      >
        <Suspense fallback="…">
          <VariantDetails entry={entry} setting={setting} isReference={isReference} change={change} />
        </Suspense>
      </Popover>
      {isReference && <span className="reference-tag">reference</span>}
      {Object.entries(entry.params).map(([name, spec]) => (
        <ParamControl key={name} name={name} spec={spec} entry={entry} setting={setting} change={change} />
      ))}
    </div>
  )
}
