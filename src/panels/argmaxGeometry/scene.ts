import type { Camera } from './camera.ts'
import type { TokenInView } from './inView.ts'
import type { ArgmaxGeometryResult } from './result.ts'

/** A token on the screen. */
export interface ScenePoint {
  readonly token: number
  readonly x: number
  readonly y: number
  readonly depth: number
  readonly kind: 'can win' | 'can never win' | 'undecided'
  readonly look: 'chosen' | 'encloses' | 'plain'
}

/** Row of a token in a result that has its rows. */
export const rowIn = ({ W, dimensions }: ArgmaxGeometryResult, token: number): Float64Array =>
  W!.subarray(token * dimensions, (token + 1) * dimensions)

/** Every token where it is seen, in the order of their numbers. */
export function scenePoints(result: ArgmaxGeometryResult, camera: Camera, inView: TokenInView): ScenePoint[] {
  const lost = new Set(result.unargmaxable)
  const open = new Set(result.undecided)
  const enclosers = new Set(inView.enclosedBy.map(({ token }) => token))
  return Array.from({ length: result.tokens }, (_, token) => ({
    token,
    ...camera.place(rowIn(result, token)),
    kind: lost.has(token) ? 'can never win' : open.has(token) ? 'undecided' : 'can win',
    look: token === inView.token ? 'chosen' : enclosers.has(token) ? 'encloses' : 'plain',
  }))
}

/** Corners of a triangle on the screen, and whether its outside is seen. */
export interface SceneFace {
  readonly corners: readonly (readonly [number, number])[]
  readonly isFront: boolean
}

/** The hull in space: faces turned away come first. */
export function sceneFaces(result: ArgmaxGeometryResult, camera: Camera): SceneFace[] {
  return result.faces
    .map((face) => {
      const corners = face.map((token) => {
        const { x, y } = camera.place(rowIn(result, token))
        return [x, y] as const
      })
      const [[ax, ay], [bx, by], [cx, cy]] = corners as [
        readonly [number, number],
        readonly [number, number],
        readonly [number, number],
      ]
      return { corners, isFront: (bx - ax) * (cy - ay) - (by - ay) * (cx - ax) > 0 }
    })
    .sort((a, b) => Number(a.isFront) - Number(b.isFront))
}

/** Where an arrow from the origin ends: at its tip, or at the picture's edge, and then it is cut. */
export function arrowTip(
  { x, y }: { readonly x: number; readonly y: number },
  reach: number,
): { readonly x: number; readonly y: number; readonly isCut: boolean } {
  const size = Math.max(Math.abs(x), Math.abs(y))
  if (size <= reach) return { x, y, isCut: false }
  return { x: (x / size) * reach, y: (y / size) * reach, isCut: true }
}
