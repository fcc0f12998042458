import { useMemo, useState } from 'react'
import { AxisY } from '../../charts/Axis.tsx'
import { BandHighlight } from '../../charts/BandLabels.tsx'
import { DragBars } from '../../charts/DragBars.tsx'
import { Frame } from '../../charts/Frame.tsx'
import { logitDomain } from '../../charts/niceDomain.ts'
import { shortNumber } from '../../charts/numberFormat.ts'
import { useWidth } from '../../charts/useWidth.ts'
import { EntryMenu } from './EntryMenu.tsx'
import type { ActivationsExperiment } from './experiment.ts'
import type { ActivationsResult } from './result.ts'
import { withLogit, withoutEntry } from './edits.ts'

export interface LogitsFigureProps {
  readonly experiment: ActivationsExperiment
  /** What is shown: after scale and shift. */
  readonly row: Float64Array
  readonly result: ActivationsResult | null
  readonly pointed: number | null
  readonly point: (index: number | null) => void
  readonly setDragging: (dragging: boolean) => void
  readonly edit: (patch: Partial<ActivationsExperiment>, gesture?: string) => void
}

/** Room for a bar that a thumb can take; pixels. */
const thumb = 56
const height = 248

/** The logits, each a bar to drag. On a narrow screen they scroll sideways before they get too thin for a thumb. */
export function LogitsFigure(props: LogitsFigureProps) {
  const { experiment, row, result, pointed, point, setDragging, edit } = props
  const [place, room] = useWidth<HTMLDivElement>()
  // The scale rests while one drags; it fits itself to the logits as one lets go.
  const [held, setHeld] = useState<readonly [number, number] | null>(null)
  const [focused, setFocused] = useState<number | null>(null)
  const fresh = useMemo(() => logitDomain(row), [row])
  const [low, high] = held ?? fresh
  const names = Array.from(row, (_, i) => experiment.names[i] || String(i))
  const lead = result?.variants.find(({ id }) => id === result.reference) ?? result?.variants[0]
  const spoken = (i: number) => {
    const weight = lead?.weights?.[i]
    const masked = experiment.masked.includes(i) ? ', masked' : ''
    return `logit ${shortNumber(row[i]!, 4)}${masked}${weight === undefined ? '' : `, ${lead?.label} weight ${shortNumber(weight, 2)}`}`
  }
  const dense = row.length > 40
  const width = dense
    ? room
    : Math.max(room, 28 + row.length * (matchMedia('(pointer: coarse)').matches || room < 480 ? thumb : 24))
  const editable = experiment.generate === null && experiment.data === null
  return (
    <div className="logits" ref={place}>
      {room > 0 && (
        <Frame
          label={`Logits of ${row.length} entries, from ${shortNumber(Math.min(...row))} to ${shortNumber(Math.max(...row))}`}
          width={width}
          height={height}
          x={{ kind: 'band', count: row.length }}
          y={{ kind: 'linear', low, high }}
          margins={{ top: 20, bottom: 34, left: 28 }}
          onPoint={point}
          over={
            <DragBars
              values={row}
              names={names}
              spoken={spoken}
              dropped={(i) => experiment.masked.includes(i)}
              active={pointed ?? focused}
              low={low}
              high={high}
              foot={(i) => (
                <EntryMenu index={i} name={names[i]!} value={row[i]!} experiment={experiment} row={row} edit={edit} />
              )}
              onChange={(i, value, gesture) => edit(withLogit(experiment, row, i, value), gesture)}
              onDrag={(dragging) => {
                setDragging(dragging)
                setHeld(dragging ? [low, high] : null)
              }}
              onFocus={(i) => {
                setFocused(i)
                point(i)
              }}
              {...(editable && { onDelete: (i: number) => edit(withoutEntry(experiment, i)) })}
            />
          }
        >
          <AxisY count={5} />
          <BandHighlight index={pointed} />
        </Frame>
      )}
    </div>
  )
}
