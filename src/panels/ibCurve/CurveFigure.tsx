import { memo, useMemo } from 'react'
import { AxisX, AxisY } from '../../charts/Axis.tsx'
import { Curve } from '../../charts/Curve.tsx'
import { Frame } from '../../charts/Frame.tsx'
import { PointName, type PointNameProps } from '../../charts/PointName.tsx'
import { Points } from '../../charts/Points.tsx'
import { Rules } from '../../charts/Rules.tsx'
import { shortNumber } from '../../charts/numberFormat.ts'
import type { CurvePoint, IbCurveResult } from './result.ts'

export interface CurveFigureProps {
  readonly result: IbCurveResult
  readonly here: CurvePoint
  /** Pixels. */
  readonly width: number
}

export const curveHeight = 340

/** The trade-off: what is kept of x against what it says of y, with all that bounds it. */
export const CurveFigure = memo(function CurveFigure({ result, here, width }: CurveFigureProps) {
  const { points, ceilings, closedForm, dib } = result
  const high = Math.max(ceilings.I_XY * 1.15, 0.02)
  const drawn = useMemo(() => {
    const sorted = [...points].sort((a, b) => a.I_XT - b.I_XT)
    return {
      xs: [0, ...sorted.map(({ I_XT }) => I_XT)],
      ys: [0, ...sorted.map(({ I_TY }) => I_TY)],
      known: closedForm && { xs: closedForm.curve.map((p) => p.I_XT), ys: closedForm.curve.map((p) => p.I_TY) },
      hard: { xs: dib.map(({ H_T }) => H_T), ys: dib.map(({ I_TY }) => I_TY) },
      // What T tells of y it must have from x: no point lies above the diagonal.
      most: [0, Math.min(high, ceilings.H_X)],
    }
  }, [points, closedForm, dib, high, ceilings.H_X])
  return (
    <Frame
      label={`Information of T about y against information of T about x, in bits; at β ${shortNumber(here.beta)}: ${spokenBits(here.I_XT)} and ${spokenBits(here.I_TY)}`}
      width={width}
      height={curveHeight}
      x={{ kind: 'linear', low: 0, high: Math.max(ceilings.H_X * 1.04, 0.1) }}
      y={{ kind: 'linear', low: 0, high }}
      margins={{ top: 24, right: 12, bottom: 38, left: 44 }}
    >
      <AxisY count={5} title="I(T;Y), bits" />
      <AxisX count={5} title="I(X;T), bits" />
      <Rules of="y" at={[ceilings.I_XY]} dash="5 4" label={`I(X;Y) = ${shortNumber(ceilings.I_XY)}`} />
      <Rules of="x" at={[ceilings.H_X]} dash="5 4" label={`H(X) = ${shortNumber(ceilings.H_X)}`} />
      <Curve xs={drawn.most} ys={drawn.most} stroke="var(--bar-edge)" dash="1.5 4" />
      <Curve xs={drawn.xs} ys={drawn.ys} stroke="var(--exponential-1)" />
      {drawn.known && <Curve {...drawn.known} stroke="var(--sparse-1)" dash="7 4" />}
      <Points xs={drawn.xs.slice(1)} ys={drawn.ys.slice(1)} fill="var(--exponential-1)" radius={2} />
      <Points {...drawn.hard} fill="var(--rectified-1)" radius={4.5} shape="square" hollow />
      <Points xs={[here.I_XT]} ys={[here.I_TY]} fill="var(--ink)" radius={5.5} />
      <PointName
        x={here.I_XT}
        y={here.I_TY}
        text={`β = ${shortNumber(here.beta)}`}
        {...namePlace(here.I_XT / ceilings.H_X, here.I_TY / high, ceilings.I_XY / high)}
      />
    </Frame>
  )
})

/** Bits; what is left of 0 by rounding is 0. */
const spokenBits = (value: number) => shortNumber(Number(value.toFixed(9)))

/**
 * Where the name of a point stands: below the curve; above the axis at its foot, and above I(X;Y)'s name where that is at
 * the foot too; to the left at its upper end, where there is no more room to the right.
 * @param along, up  the point's place in the figure, from 0 to 1
 * @param ceiling  the place of I(X;Y), from 0 to 1
 */
export function namePlace(along: number, up: number, ceiling: number): Pick<PointNameProps, 'dx' | 'dy' | 'anchor'> {
  if (along > 0.7) return { dx: -8, dy: -10, anchor: 'end' }
  if (up >= 0.12) return { dx: 10, dy: 18 }
  return { dx: 20, dy: ceiling < 0.12 ? -24 : -6 }
}
