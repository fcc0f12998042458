import type { FrameScales } from './frameScales.ts'

export interface BarGeometry {
  /** Thinnest bar of a value that is not 0, so that a small number can be told from none; pixels. */
  readonly sliver: number
  /** Pixels by which a bar is moved from the band's centre, and its width; default the band itself. */
  readonly offset: number
  readonly width: number
}

/**
 * One path of a bar for each datum, from `from` to `to` in data units. Values that are not finite, and bars from a value
 * to itself, draw nothing. A bar that is not on the base line is drawn as high as it is.
 */
export function barPath(
  to: ArrayLike<number>,
  from: ArrayLike<number> | 0,
  { x, y }: Pick<FrameScales, 'x' | 'y'>,
  { sliver, offset, width }: BarGeometry,
): string {
  let path = ''
  for (let i = 0; i < to.length; i++) {
    const end = to[i]!
    const start = from === 0 ? 0 : from[i]!
    if (!Number.isFinite(end) || !Number.isFinite(start) || end === start) continue
    const base = y(start)
    const height = y(end) - base
    const drawn = Math.abs(height) < sliver ? sliver * Math.sign(start - end) : height
    path += `M${(x(i) + offset - width / 2).toFixed(2)} ${base.toFixed(2)}h${width.toFixed(2)}v${drawn.toFixed(2)}h${(-width).toFixed(2)}z`
  }
  return path
}

/** One path of a ring for each datum that is exactly 0, on the base line. */
export function zeroPath(
  values: ArrayLike<number>,
  { x, y }: Pick<FrameScales, 'x' | 'y'>,
  radius: number,
  offset = 0,
): string {
  const base = y(0)
  let path = ''
  for (let i = 0; i < values.length; i++) {
    if (values[i] !== 0) continue
    const left = (x(i) + offset - radius).toFixed(2)
    const d = (2 * radius).toFixed(2)
    path += `M${left} ${base}a${radius} ${radius} 0 1 0 ${d} 0a${radius} ${radius} 0 1 0 -${d} 0z`
  }
  return path
}
