import { memo, useId } from 'react'
import { barPath, zeroPath } from './barPath.ts'
import { useFrame } from './Frame.tsx'

export interface BarsProps {
  /** Ends of the bars, in data units. */
  readonly to: ArrayLike<number>
  /** Where they begin; default the base line, 0. */
  readonly from?: ArrayLike<number>
  /** CSS colour. Default: neutral. */
  readonly fill?: string
  /** From 0 to 1; default 1. */
  readonly opacity?: number
  /** Draws the edge alone, dashed: something that is not there. Default false. */
  readonly hollow?: boolean
  /** Thinnest bar of a value that is not 0; pixels, default 1.5. */
  readonly sliver?: number
  /** Stripes over the fill: something drawn by lot. Default false. */
  readonly striped?: boolean
  /** Pixels from the band's centre; default 0. */
  readonly offset?: number
  /** Pixels; default the band's. */
  readonly width?: number
}

/** A bar for each datum, in one path. A small number is a sliver; an exact 0 draws nothing: `Zeros` marks it. */
export const Bars = memo(function Bars(props: BarsProps) {
  const {
    to,
    from,
    fill = 'var(--bar)',
    opacity = 1,
    hollow = false,
    striped = false,
    sliver = 1.5,
    offset = 0,
  } = props
  const stripes = useId()
  const scales = useFrame('Bars')
  const width = Math.max(props.width ?? scales.bandwidth, 0.75)
  const path = barPath(to, from ?? 0, scales, { sliver, offset, width: hollow ? Math.max(width - 1.5, 0.75) : width })
  if (hollow)
    return <path className="hollow" d={path} fill="none" stroke={fill} strokeWidth={1.5} strokeDasharray="3 2.5" />
  return (
    <>
      <path className="bars" d={path} fill={fill} fillOpacity={opacity} />
      {striped && (
        <>
          <pattern id={stripes} width={5} height={5} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width={1.5} height={5} fill="var(--surface)" />
          </pattern>
          <path className="bars" d={path} fill={`url(#${stripes})`} />
        </>
      )}
    </>
  )
})

export interface ZerosProps {
  /** Values in data units; those that are exactly 0 get a ring. */
  readonly values: ArrayLike<number>
  /** CSS colour. */
  readonly stroke: string
  /** Pixels from the band's centre; default 0. */
  readonly offset?: number
  /** Pixels between marks, to keep rings apart; default the band's width. */
  readonly room?: number
}

/** A ring on the base line for each exact zero. */
export const Zeros = memo(function Zeros({ values, stroke, offset = 0, room }: ZerosProps) {
  const scales = useFrame('Zeros')
  const radius = Math.min(4.5, Math.max(1.25, (room ?? scales.bandwidth) / 2 - 0.75))
  return (
    <path
      className="zeros"
      d={zeroPath(values, scales, radius, offset)}
      fill="var(--surface)"
      stroke={stroke}
      strokeWidth={radius < 3 ? 1 : 1.75}
    />
  )
})
