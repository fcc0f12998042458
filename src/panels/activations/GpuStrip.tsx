import { FigureTable } from '../../charts/FigureTable.tsx'
import { shortNumber } from '../../charts/numberFormat.ts'
import type { ActivationsResult, GpuComparison, VariantResult } from './result.ts'

export interface GpuStripProps {
  readonly result: ActivationsResult
}

type Ran = VariantResult & { readonly gpu: Extract<GpuComparison, { state: 'ran' }> }

const hasRun = (variant: VariantResult): variant is Ran => variant.gpu?.state === 'ran'

/** What the GPU's kernels gave for the same row, measured against float64. */
export function GpuStrip({ result }: GpuStripProps) {
  const ran = result.variants.filter(hasRun)
  const reasons = new Map<string, string[]>()
  for (const { gpu, label } of result.variants)
    if (gpu?.state === 'refused') reasons.set(gpu.reason, [...(reasons.get(gpu.reason) ?? []), label])
  if (result.gpuState !== 'done') return <p className="gpu-strip soft">The kernels are running.</p>
  return (
    <div className="gpu-strip">
      {ran.length > 0 && <Measured ran={ran} names={result.names} />}
      {[...reasons].map(([reason, labels]) => (
        <p key={reason}>
          <strong>{ran.length === 0 && reasons.size === 1 ? 'It did not run on the GPU' : labels.join(', ')}:</strong>{' '}
          {reason}
        </p>
      ))}
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
        weight. The time is of this one row, the way to the device and back included. A line across a bar is the
        kernel’s weight.
      </p>
    </>
  )
}
