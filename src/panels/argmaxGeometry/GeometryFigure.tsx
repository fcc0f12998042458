import { useMemo, useState } from 'react'
import { AxisX, AxisY } from '../../charts/Axis.tsx'
import { Frame } from '../../charts/Frame.tsx'
import type { PanelViewProps } from '../contract.ts'
import { cameraFor } from './camera.ts'
import { CellNames, Cells, Enclosure, Faces, Hull, StateArrow } from './figureMarks.tsx'
import { FigureHandles } from './FigureHandles.tsx'
import type { ArgmaxGeometryExperiment } from './experiment.ts'
import type { StateInView, TokenInView } from './inView.ts'
import { listed, nameOf } from './naming.ts'
import type { ArgmaxGeometryResult } from './result.ts'
import { arrowTip, sceneFaces, scenePoints } from './scene.ts'
import { TokenMarks } from './TokenMarks.tsx'

export interface GeometryFigureProps {
  readonly experiment: ArgmaxGeometryExperiment
  readonly result: ArgmaxGeometryResult
  readonly token: TokenInView
  readonly state: StateInView | null
  readonly edit: PanelViewProps<ArgmaxGeometryExperiment, ArgmaxGeometryResult>['edit']
  /** Pixels. */
  readonly width: number
}

const largestSide = 560
const margins = { top: 22, right: 8, bottom: 34, left: 34 }

/** The rows of a layer as points, with who encloses whom, who wins where, and a hidden state as an arrow. */
export function GeometryFigure(props: GeometryFigureProps) {
  const { experiment, result, token, state, edit, width } = props
  const { names, orbit } = experiment
  const [turn, tilt] = orbit
  const inPlane = result.dimensions === 2
  const side = Math.min(width, largestSide)
  // While one drags the scale stays, or the point would run from the pointer.
  const [held, setHeld] = useState<number | null>(null)
  const reach = held ?? result.reach
  const camera = useMemo(() => cameraFor(result.dimensions, [turn, tilt]), [result.dimensions, turn, tilt])
  const points = useMemo(() => scenePoints(result, camera, token), [result, camera, token])
  const faces = useMemo(() => sceneFaces(result, camera), [result, camera])
  const tip = state && arrowTip(camera.place(state.h), reach)
  const scale = { kind: 'linear' as const, low: -reach, high: reach }
  const { unargmaxable } = result
  const label = `${result.tokens} tokens as points; ${unargmaxable.length === 0 ? 'each can win somewhere' : `can never win: ${listed(unargmaxable, names)}`}; looked at: ${nameOf(token.token, names)}`
  return (
    <Frame
      label={label}
      width={side}
      height={side - margins.left - margins.right + margins.top + margins.bottom}
      x={scale}
      y={scale}
      margins={margins}
      over={
        <FigureHandles
          {...{ experiment, result, camera, points, state, tip, reach, edit, inPlane }}
          hold={(holds) => setHeld(holds ? reach : null)}
        />
      }
    >
      {inPlane && <Cells cells={result.cells} winner={state?.winner ?? null} />}
      {inPlane ? (
        <>
          <AxisY count={5} title="second coordinate" />
          <AxisX count={5} title="first coordinate" />
          <Hull corners={result.hull.map((each) => points[each]!)} />
          <CellNames cells={result.cells} names={names} points={points} tip={tip} />
        </>
      ) : (
        <Faces faces={faces} camera={camera} reach={result.reach} />
      )}
      <Enclosure points={points} token={token} />
      <TokenMarks points={points} names={names} />
      {tip && <StateArrow tip={tip} />}
    </Frame>
  )
}
