import { memo, useLayoutEffect, useRef } from 'react'
import { columnRuns, type ColumnRuns } from './columnRuns.ts'
import { useFrame } from './Frame.tsx'
import { useThemeChanges } from './useThemeChanges.ts'

export interface ColumnsProps {
  /** One value an entry, in data units. */
  readonly values: ArrayLike<number>
  /** CSS colour. */
  readonly colour: string
  /** Marks exact zeros by a line below the base line; default true. */
  readonly zeros?: boolean
}

/** Bars of many entries on a canvas: at most one a pixel, from the lowest to the highest of the entries that share it. */
export const Columns = memo(function Columns({ values, colour, zeros = true }: ColumnsProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const { width, height, left, right, x, y } = useFrame('Columns')
  const theme = useThemeChanges()
  useLayoutEffect(() => {
    const element = canvas.current
    const context = element?.getContext('2d')
    if (!element || !context) return
    const density = window.devicePixelRatio || 1
    const [across, down] = [Math.round(width * density), Math.round(height * density)]
    // A new size, even the same one, makes a new bitmap.
    if (element.width !== across) element.width = across
    if (element.height !== down) element.height = down
    context.setTransform(density, 0, 0, density, 0, 0)
    context.clearRect(0, 0, width, height)
    context.fillStyle = getComputedStyle(element).color
    paint(context, columnRuns(values, left, right, x), { base: y(0), y, zeros })
  }, [values, colour, theme, zeros, width, height, left, right, x, y])
  return <canvas ref={canvas} aria-hidden="true" style={{ width, height, color: colour }} />
})

interface Paint {
  readonly base: number
  readonly y: (value: number) => number
  readonly zeros: boolean
}

/** A value that is not 0 is a pixel high at least, so that a small number can be told from none. */
function paint(context: CanvasRenderingContext2D, runs: ColumnRuns, { base, y, zeros }: Paint): void {
  context.beginPath()
  for (let i = 0; i < runs.left.length; i++) {
    const left = runs.left[i]!
    const width = runs.width[i]!
    const low = runs.low[i]!
    const high = runs.high[i]!
    if (high > 0) context.rect(left, Math.min(y(high), base - 1), width, Math.max(base - y(high), 1))
    if (low < 0) context.rect(left, base, width, Math.max(y(low) - base, 1))
    if (zeros && runs.zeros[i]! > 0) context.rect(left, base + 2.5, width, 1.5)
  }
  context.fill()
}
