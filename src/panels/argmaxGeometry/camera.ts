/** How rows of a layer lie on the screen, in units of the layer. */
export interface Camera {
  /** Right, up and towards the reader. */
  readonly place: (row: ArrayLike<number>) => { readonly x: number; readonly y: number; readonly depth: number }
  /** A row moved along the screen. */
  readonly move: (row: ArrayLike<number>, right: number, up: number) => number[]
}

const flat: Camera = {
  place: (row) => ({ x: row[0]!, y: row[1]!, depth: 0 }),
  move: (row, right, up) => [row[0]! + right, row[1]! + up],
}

/** Looks at the plane straight, at space along a line without perspective. @param orbit  turn and tilt in degrees */
export function cameraFor(dimensions: number, [turn, tilt]: readonly [number, number]): Camera {
  if (dimensions !== 3) return flat
  const [a, e] = [(turn * Math.PI) / 180, (tilt * Math.PI) / 180]
  const right = [-Math.sin(a), Math.cos(a), 0]
  const up = [-Math.sin(e) * Math.cos(a), -Math.sin(e) * Math.sin(a), Math.cos(e)]
  const towards = [Math.cos(e) * Math.cos(a), Math.cos(e) * Math.sin(a), Math.sin(e)]
  const along = (axis: readonly number[], row: ArrayLike<number>) =>
    axis[0]! * row[0]! + axis[1]! * row[1]! + axis[2]! * row[2]!
  return {
    place: (row) => ({ x: along(right, row), y: along(up, row), depth: along(towards, row) }),
    move: (row, dx, dy) => [0, 1, 2].map((k) => row[k]! + dx * right[k]! + dy * up[k]!),
  }
}

/** Turn and tilt after a drag of so many pixels: half a degree each; the tilt stops at the poles. */
export const orbitAfter = ([turn, tilt]: readonly [number, number], dx: number, dy: number): [number, number] => [
  wrapped(Math.round(turn - dx / 2)),
  Math.min(90, Math.max(-90, Math.round(tilt + dy / 2))),
]

const wrapped = (degrees: number): number => ((degrees % 360) + 360) % 360
