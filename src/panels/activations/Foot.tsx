import { lazy, Suspense } from 'react'
import type { ActivationsExperiment } from './experiment.ts'
import type { ActivationsResult } from './result.ts'
import { normalizerById } from '../../math/normalizers/index.ts'
import type { Change } from './VariantHead.tsx'

const GpuStrip = lazy(() => import('./GpuStrip.tsx').then((module) => ({ default: module.GpuStrip })))

export interface FootProps {
  readonly experiment: ActivationsExperiment
  readonly result: ActivationsResult | null
  readonly change: Change
  /** Asks for the GPU anew. */
  readonly tryAgain: () => void
}

/** Where the numbers come from: float64 on the page, the kernels of the GPU if asked, and the papers. */
export function Foot({ experiment, result, change, tryAgain }: FootProps) {
  const { gpu, variants } = experiment
  const cites = new Set(variants.map(({ normalizer }) => normalizerById(normalizer)?.sources[0].cite))
  return (
    <>
      {gpu && result && result.variants.length > 0 && (
        <Suspense fallback={null}>
          <GpuStrip result={result} tryAgain={tryAgain} />
        </Suspense>
      )}
      <div className="foot">
        <span className="chip">float64</span>
        <button
          type="button"
          className="tool-button"
          aria-pressed={gpu}
          disabled={variants.length === 0}
          onClick={() => change((now) => ({ gpu: !now.gpu }))}
        >
          {gpu ? 'Leave the GPU out' : 'Run on the GPU'}
        </button>
        <span className="cites">{[...cites].slice(0, maxCites).join(' · ')}</span>
      </div>
    </>
  )
}

/** More than these stand behind the variants' names. */
const maxCites = 6
