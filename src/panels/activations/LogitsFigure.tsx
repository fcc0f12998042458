import { lazy, Suspense, useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { AxisY, BaseLine } from '../../charts/Axis.tsx'
import { BandHighlight } from '../../charts/BandLabels.tsx'
import { bandGap } from '../../charts/bandGap.ts'
import { Columns } from '../../charts/Columns.tsx'
import { DragBars } from '../../charts/DragBars.tsx'
import { DragColumns } from '../../charts/DragColumns.tsx'
import { Frame } from '../../charts/Frame.tsx'
import { logitDomain } from '../../charts/niceDomain.ts'
import { shortNumber } from '../../charts/numberFormat.ts'
import { useCoarsePointer } from '../../charts/useCoarsePointer.ts'
import { useWidth } from '../../charts/useWidth.ts'
import { withEntry, withLogit, withoutEntry } from './edits.ts'
import { EntryMenu } from './EntryMenu.tsx'
import type { ActivationsExperiment } from './experiment.ts'
import type { ActivationsResult } from './result.ts'
import { nameOf } from './row.ts'
import type { Change } from './VariantHead.tsx'

const Overview = lazy(() => import('./Overview.tsx').then((module) => ({ default: module.Overview })))

export interface LogitsFigureProps {
  readonly experiment: ActivationsExperiment
  /** What is shown: after scale and shift; null where only a run can tell, or the row is drawn in aggregate. */
  readonly row: Float64Array | null
  readonly result: ActivationsResult | null
  /** What is shown is still the row of an older experiment; a drag would write that one out. */
  readonly awaited: boolean
  readonly pointed: number | null
  readonly point: (index: number | null) => void
  readonly setDragging: (dragging: boolean) => void
  readonly change: Change
}

/** Up to here every logit is a bar with a handle of its own; above, one handle serves all. */
export const maxBars = 40
/** Room for a bar that a thumb can take, and one for a mouse; pixels. */
const thumb = 48
const narrow = 26
const height = 248
const axis = 34
/** Room for the button that adds a logit. */
const adder = 34

/** The logits, each a bar to drag. On a narrow screen they scroll sideways before they get too thin for a thumb. */
export function LogitsFigure(props: LogitsFigureProps) {
  const { row, result, awaited } = props
  const [place, room] = useWidth<HTMLDivElement>()
  const overview = result?.logitsOverview
  return (
    <div className={awaited ? 'logits is-awaited' : 'logits'} inert={awaited} ref={place}>
      {room > 0 &&
        row &&
        (row.length > maxBars ? <Many {...props} row={row} width={room} /> : <Few {...props} row={row} room={room} />)}
      {room > 0 && !row && overview && (
        <Suspense fallback={null}>
          <Overview
            overview={overview}
            what="logits"
            unit="logit"
            colour="var(--bar-edge)"
            width={room}
            {...domainObject(overview.sorted)}
          />
        </Suspense>
      )}
    </div>
  )
}

const domainObject = (values: ArrayLike<number>) => {
  const [low, high] = logitDomain(values)
  return { low, high }
}

interface DrawnProps extends LogitsFigureProps {
  readonly row: Float64Array
}

/** What both kinds of figure need: a scale that rests while one drags, and words for an entry. */
function useEntries({ experiment, row, result, pointed, setDragging, change }: DrawnProps) {
  const [held, setHeld] = useState<readonly [number, number] | null>(null)
  const fresh = useMemo(() => logitDomain(row), [row])
  const [low, high] = held ?? fresh
  const lead = result?.variants.find(({ id }) => id === result.reference) ?? result?.variants[0]
  return {
    low,
    high,
    name: (i: number) => nameOf(experiment.names, i),
    spoken(i: number) {
      const masked = experiment.masked.includes(i) ? ', masked' : ''
      // During a drag every weight changes at every frame; only the one that is dragged is listened to.
      const weight = held !== null && i !== pointed ? undefined : lead?.weights?.[i]
      const share = weight === undefined ? '' : `, ${lead?.label} weight ${shortNumber(weight, 2)}`
      return `logit ${shortNumber(row[i]!, 4)}${masked}${share}`
    },
    onChange: useSetLogit(row, change),
    onDrag(dragging: boolean) {
      setDragging(dragging)
      setHeld(dragging ? [low, high] : null)
    },
    label: `Logits of ${row.length} entries, from ${shortNumber(low)} to ${shortNumber(high)}`,
  }
}

/** Sets one logit of the row as it then is; the function itself stays the same. */
function useSetLogit(row: Float64Array, change: Change) {
  const now = useRef(row)
  useLayoutEffect(() => {
    now.current = row
  })
  return useCallback(
    (index: number, value: number, gesture: string) =>
      change((experiment) => withLogit(experiment, now.current, index, value), gesture),
    [change],
  )
}

function Few(props: DrawnProps & { readonly room: number }) {
  const { experiment, row, pointed, point, change, room } = props
  const { name, label, low, high, ...handles } = useEntries(props)
  const [focused, setFocused] = useState<number | null>(null)
  const coarse = useCoarsePointer()
  const written = experiment.generate === null && experiment.data === null
  const least = row.length * (coarse || room < 480 ? thumb : narrow)
  const right = written ? adder : 0
  const width = Math.max(room, axis + least + right)
  return (
    <Frame
      label={label}
      width={width}
      height={height}
      x={{ kind: 'band', count: row.length, gap: bandGap(width - axis - right, row.length, 130) }}
      y={{ kind: 'linear', low, high }}
      margins={{ top: 20, bottom: 34, left: axis, right }}
      onPoint={point}
      over={
        <>
          <DragBars
            values={row}
            names={Array.from(row, (_, i) => name(i))}
            dropped={(i) => experiment.masked.includes(i)}
            active={pointed ?? focused}
            low={low}
            high={high}
            foot={(i) => (
              <EntryMenu
                index={i}
                name={name(i)}
                value={row[i]!}
                masked={experiment.masked.includes(i)}
                written={written}
                change={change}
                setLogit={handles.onChange}
              />
            )}
            onFocus={(i) => {
              setFocused(i)
              point(i)
            }}
            {...(written && { onDelete: (i: number) => change((now) => withoutEntry(now, i)) })}
            {...handles}
          />
          {written && (
            <button
              type="button"
              className="add-entry"
              aria-label="Add a logit"
              title="Add a logit"
              onClick={() => change(withEntry)}
            >
              +
            </button>
          )}
        </>
      }
    >
      <AxisY count={5} />
      <BandHighlight index={pointed !== null && pointed < row.length ? pointed : null} />
    </Frame>
  )
}

function Many(props: DrawnProps & { readonly width: number }) {
  const { row, pointed, point, width } = props
  const { name, label, low, high, ...handles } = useEntries(props)
  return (
    <Frame
      label={label}
      width={width}
      height={height}
      x={{ kind: 'band', count: row.length, gap: 0 }}
      y={{ kind: 'linear', low, high }}
      margins={{ top: 20, bottom: 12, left: axis }}
      onPoint={point}
      under={<Columns values={row} colour="var(--bar-edge)" zeros={false} />}
      over={<DragColumns values={row} name={name} low={low} high={high} onChoose={point} {...handles} />}
    >
      <AxisY count={5} />
      <BaseLine />
      <BandHighlight index={pointed !== null && pointed < row.length ? pointed : null} />
    </Frame>
  )
}
