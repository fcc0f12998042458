import { useRef, type FocusEvent, type KeyboardEvent, type RefObject } from 'react'
import { useFrame } from '../../charts/Frame.tsx'
import { usePointerDrag } from '../../charts/usePointerDrag.ts'
import type { Edit } from '../contract.ts'
import { orbitAfter, type Camera } from './camera.ts'
import { short, withoutToken, withPoint } from './edits.ts'
import type { ArgmaxGeometryExperiment } from './experiment.ts'
import { gripOf, type Grip } from './grips.ts'
import type { StateInView } from './inView.ts'
import { moveAfterKey, tokenAfterKey } from './keys.ts'
import type { ArgmaxGeometryResult } from './result.ts'
import { rowIn } from './scene.ts'

export interface SceneDragProps {
  readonly experiment: ArgmaxGeometryExperiment
  readonly result: ArgmaxGeometryResult
  readonly camera: Camera
  readonly state: StateInView | null
  /** Where the state's arrow ends on the screen. */
  readonly tip: { readonly x: number; readonly y: number } | null
  /** Half the side of the picture, in units of the layer. */
  readonly reach: number
  readonly edit: Edit<ArgmaxGeometryExperiment>
  readonly inPlane: boolean
  /** The token that takes the focus. */
  readonly focused: number
  /** Keeps the scale as it is, or lets it go. */
  readonly hold: (holds: boolean) => void
}

type Drag = Grip & { readonly gesture: string; readonly orbit: ArgmaxGeometryExperiment['orbit'] }

/** Moves tokens and the state by pointer and keys. A press on the ground moves the state in the plane, or turns space. */
export function useSceneDrag(props: SceneDragProps) {
  const { experiment, result, camera, state, tip, reach, edit, inPlane, focused, hold } = props
  const { x, y, left, right } = useFrame('useSceneDrag')
  const box = useRef<HTMLDivElement>(null)
  const gestures = useRef(0)
  const unit = (2 * reach) / (right - left)
  const row = (token: number) => Array.from(rowIn(result, token))
  const moveToken = (token: number, to: readonly number[], gesture: string) =>
    edit({ ...withPoint(experiment, result, token, to), token }, gesture)
  const aim = (h: readonly number[], gesture: string) => edit({ h: h.map(short) }, gesture)

  const onPointerDown = usePointerDrag<Drag>({
    begin(event) {
      const grip = gripOf(event, {
        row,
        // An arrow that is cut is taken by the end that one sees.
        state: () => (inPlane && tip ? [tip.x, tip.y] : Array.from(state?.h ?? [])),
        ground: (clientX, clientY) => {
          const at = box.current!.getBoundingClientRect()
          return [(clientX - at.left - x(0)) * unit, -(clientY - at.top - y(0)) * unit]
        },
      })
      hold(true)
      const gesture = `drag ${(gestures.current += 1)}`
      if (grip.kind === 'token') edit({ token: grip.token, h: null }, gesture)
      if (grip.kind === 'ground' && inPlane && !grip.isTouch) aim(grip.row, gesture)
      return { ...grip, gesture, orbit: experiment.orbit }
    },
    move({ gesture, orbit, ...grip }, { dx, dy }) {
      if (grip.kind === 'ground' && !inPlane) return edit({ orbit: orbitAfter(orbit, dx, dy) }, gesture)
      // A finger that moves over the ground scrolls the page.
      if (grip.kind === 'ground' && grip.isTouch) return
      const to = camera.move(grip.row, dx * unit, -dy * unit)
      const held = inPlane ? to.map((each) => Math.min(reach, Math.max(-reach, each))) : to
      if (grip.kind === 'token') moveToken(grip.token, held, gesture)
      else aim(held, gesture)
    },
    end({ gesture, ...grip }, moved) {
      hold(false)
      if (grip.kind === 'ground' && grip.isTouch && inPlane && !moved) aim(grip.row, gesture)
    },
  })

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const named = event.target instanceof HTMLElement ? event.target.dataset['token'] : undefined
    const token = named === undefined ? null : Number(named)
    const next = token === null ? null : tokenAfterKey(event.key, token, result.tokens)
    const by = moveAfterKey(event, reach / 50)
    const without = event.key === 'Delete' && token !== null ? withoutToken(experiment, result, token) : null
    // The next one takes its place, its number and the focus; behind the last the one before.
    const follower = token === null ? null : Math.min(token, result.tokens - 2)
    if (next === null && by === null && without === null) return
    event.preventDefault()
    if (!event.repeat) gestures.current += 1
    const gesture = `key ${gestures.current}`
    if (without) edit({ ...without, token: follower })
    const focus = without ? follower : next
    if (focus !== null) box.current?.querySelector<HTMLElement>(`[data-token="${focus}"]`)?.focus()
    if (by === null) return
    if (token !== null) moveToken(token, camera.move(row(token), ...by), gesture)
    else if (state) aim(camera.move(state.h, ...by), gesture)
  }
  const onFocus = (event: FocusEvent<HTMLElement>) => {
    const token = event.target.dataset['token']
    if (token !== undefined && Number(token) !== focused) edit({ token: Number(token), h: null }, 'choose')
  }
  return { box: box as RefObject<HTMLDivElement>, onPointerDown, onKeyDown, onFocus }
}
