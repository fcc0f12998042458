import { memo, useMemo } from 'react'
import { Term } from '../../charts/Term.tsx'

import { EpochLines, type EpochLine } from './EpochLines.tsx'
import type { EpochLog } from './measure.ts'
import type { InformationPlaneResult, PlaneRun } from './result.ts'

export interface StripsProps {
  readonly result: InformationPlaneResult
  readonly epoch: number
  readonly epochs: number
  /** Pixels. */
  readonly width: number
}

interface Strip {
  readonly title: string
  /** What it is, for those who do not know the term. */
  readonly about: string
  readonly lines: readonly EpochLine[]
  readonly scale?: 'linear' | 'log'
  readonly high?: number
}

const narrowest = 160

/** What happens in the network meanwhile, on one axis of epochs. */
export const Strips = memo(function Strips({ result, epoch, epochs, width }: StripsProps) {
  const { runs } = result
  const strips = useMemo(() => stripsOf(runs), [runs])
  const columns = Math.max(1, Math.min(strips.length, Math.floor((width + 16) / (narrowest + 16))))
  const each = Math.floor((width - 16 * (columns - 1)) / columns)
  return (
    <div className="plane-strips" style={{ gridTemplateColumns: `repeat(${columns}, 1fr)` }}>
      {strips.map(({ title, about, ...strip }) => (
        <figure key={title}>
          <figcaption>
            <Term about={about}>{title}</Term>
          </figcaption>
          <EpochLines label={`${title}, by epoch on a log scale`} width={each} {...strip} {...{ epoch, epochs }} />
        </figure>
      ))}
    </div>
  )
})

function stripsOf(runs: readonly PlaneRun[]): Strip[] {
  const [first, ...others] = runs
  if (!first) return []
  const line = ({ epochs }: PlaneRun, of: (log: EpochLog) => number, name = ''): EpochLine => ({
    name,
    epochs: epochs.map(({ epoch }) => epoch),
    values: epochs.map(of),
  })
  /** The first network in ink; the other seeds behind it. */
  const all = (of: (log: EpochLog) => number): EpochLine[] => [
    ...others.map((run) => ({ ...line(run, of), colour: 'var(--bar-edge)' })),
    line(first, of),
  ]
  const layers = first.epochs[0]?.states ?? []
  const byLayer = (of: (state: EpochLog['states'][number]) => number): EpochLine[] =>
    layers.map((_, l) =>
      line(first, (log) => of(log.states[l]!), l === 0 || l === layers.length - 1 ? `L${l + 1}` : ''),
    )
  return [
    {
      title: 'Loss, nats',
      about:
        'Cross-entropy of the network’s answers, mean over the training samples of an epoch; ln of the number of classes is guessing.',
      lines: all(({ loss }) => loss),
    },
    {
      title: 'Accuracy (dashed: test)',
      about:
        'Share of samples whose largest output is the right class: of those trained on, and, dashed, of those held back.',
      high: 1,
      lines: [
        ...all(({ trainAccuracy }) => trainAccuracy),
        { ...line(first, ({ testAccuracy }) => testAccuracy), colour: 'var(--exponential-1)', dash: '5 3' },
      ],
    },
    {
      title: 'Share beyond ±0.95, last 3',
      about:
        'Saturation: the share of activations of the last three hidden layers that are larger than 0.95 in size. A tanh unit is almost at its end there.',
      high: 1,
      lines: all(({ saturation }) => saturation),
    },
    {
      title: 'Largest activation, by layer',
      about:
        'The largest output in size that any unit of a hidden layer gives to any sample. Where bins end at 1, all above it is one cell.',
      scale: 'log',
      lines: byLayer(({ largest }) => largest),
    },
    {
      title: 'Norm of weights, by layer',
      about: 'Root of the sum of the squared weights of a layer, without biases.',
      lines: byLayer(({ weightNorm }) => weightNorm),
    },
  ]
}
