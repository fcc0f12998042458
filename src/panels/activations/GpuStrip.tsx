import { FigureTable } from '../../charts/FigureTable.tsx'
import { shortNumber } from '../../charts/numberFormat.ts'
import type { ActivationsResult, GpuComparison, VariantResult } from './result.ts'

export interface GpuStripProps {
  readonly result: ActivationsResult
  /** Asks for the GPU anew. */
  readonly tryAgain: () => void
}

type Ran = VariantResult & { readonly gpu: Extract<GpuComparison, { state: 'ran' }> }

const hasRun = (variant: VariantResult): variant is Ran => variant.gpu?.state === 'ran'

/** What the GPU's kernels gave for the same row, measured against float64. */
export function GpuStrip({ result, tryAgain }: GpuStripProps) {
  const ran = result.variants.filter(hasRun)
  const reasons = (state: 'absent' | 'refused') =>
    result.variants.flatMap(({ gpu, label }) => (gpu?.state === state ? { label, reason: gpu.reason } : []))
  const [absent] = reasons('absent')
  const refused = reasons('refused')
  if (result.gpuState !== 'done') return <p className="gpu-strip soft">The kernels are running.</p>
  return (
    <div className="gpu-strip">
      {ran.length > 0 && <Measured ran={ran} names={result.names} />}
      {absent && (
        <>
          <p>
            <strong>The GPU took no part:</strong> {absent.reason}. The weights above stand: they are float64, computed
            without it. It needs a browser with WebGPU, such as a new Chrome, Edge or Safari, with hardware acceleration
            on.
          </p>
          <button type="button" className="tool-button" onClick={tryAgain}>
            Try again
          </button>
        </>
      )}
      {refused.length > 0 && (
        <details>
          <summary>
            <strong>Without a kernel’s answer:</strong> {refused.map(({ label }) => label).join(', ')}. Their float64
            weights above stand.
          </summary>
          {refused.map(({ label, reason }) => (
            <p key={label} className="soft">
              {label}: {reason}
            </p>
          ))}
        </details>
      )}
    </div>
  )
}

function Measured({ ran, names }: { readonly ran: readonly Ran[]; readonly names: readonly string[] }) {
  const cells = (write: (gpu: Ran['gpu']) => string) => ran.map(({ gpu }) => write(gpu))
  return (
    <>
      <FigureTable
        caption={`${[...new Set(ran.map(({ gpu }) => gpu.device))].join(', ')}: float32 kernels against float64`}
        rowTitle="variant"
        rows={ran.map(({ label }) => label)}
        columns={[
          { title: 'largest error', cells: cells(({ absolute }) => shortNumber(absolute)) },
          { title: 'in ulp', cells: cells(({ ulp }) => shortNumber(ulp)) },
          { title: 'at', cells: cells(({ ulp, worst }) => (ulp === 0 ? '–' : (names[worst] ?? String(worst)))) },
          { title: 'time', cells: cells(({ milliseconds }) => `${shortNumber(milliseconds)} ms`) },
          {
            title: 'kernel alone',
            cells: cells(({ kernelMilliseconds: time }) => (time === null ? '–' : `${shortNumber(time)} ms`)),
          },
        ]}
      />
      <p className="soft">
        Both took the row rounded to float32. An ulp is the gap between neighbouring float32 numbers at the exact
        weight. A time is of this one row, the median of a few runs after a first one; the way to the device and back is
        in it, unless it is of the kernel alone. A line across a bar is the kernel’s weight.
      </p>
    </>
  )
}
