import { memo } from 'react'
import { useFrame } from '../../charts/Frame.tsx'
import { ariaNumber, percent, shortNumber } from '../../charts/numberFormat.ts'
import { nameOf } from './naming.ts'
import type { ScenePoint } from './scene.ts'
import { useSceneDrag, type SceneDragProps } from './useSceneDrag.ts'

export interface FigureHandlesProps extends Omit<SceneDragProps, 'focused'> {
  readonly points: readonly ScenePoint[]
}

/**
 * What can be dragged: every token, the tip of the hidden state, and the ground. One token takes the focus at a time: the
 * page keys choose another, the arrows move it, Delete removes it.
 */
export function FigureHandles({ points, ...props }: FigureHandlesProps) {
  const { experiment, result, state, tip, reach, inPlane } = props
  const { names } = experiment
  const { x, y } = useFrame('FigureHandles')
  const focused = points.find(({ look }) => look === 'chosen')?.token ?? 0
  const { box, ...handlers } = useSceneDrag({ ...props, focused })
  return (
    // The handles inside take the focus and the keys.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      ref={box}
      className={inPlane ? 'geo-handles' : 'geo-handles is-space'}
      role="group"
      aria-label="Tokens and the hidden state. Arrow keys move, page keys choose another token, Delete removes it."
      {...handlers}
    >
      {points.map(({ token, x: px, y: py, depth, kind, look }) => (
        <Handle
          key={token}
          token={token}
          name={`token ${nameOf(token, names)}`}
          about={result.ceiling[token] === undefined ? kind : `${kind}, at most ${percent(result.ceiling[token])}`}
          across={px}
          up={py}
          left={x(px)}
          top={y(py)}
          layer={look === 'chosen' ? 500 : 250 + Math.round((200 * depth) / reach)}
          isFocused={token === focused}
        />
      ))}
      {tip && state && (
        <div
          className="geo-handle is-state"
          data-state=""
          role="slider"
          tabIndex={0}
          aria-roledescription="arrow"
          aria-label="hidden state h"
          {...range(tip.x, reach)}
          aria-valuenow={ariaNumber(tip.x)}
          aria-valuetext={`${place(tip.x, tip.y)}; ${state.winner === null ? 'nobody wins alone' : `${nameOf(state.winner, names)} wins`}`}
          title="The hidden state: drag it"
          style={{ left: x(tip.x), top: y(tip.y), zIndex: 501 }}
        />
      )}
    </div>
  )
}

const place = (across: number, up: number) => `${shortNumber(across)} across, ${shortNumber(up)} up`

const range = (value: number, reach: number) => ({
  'aria-valuemin': ariaNumber(Math.min(-reach, value)),
  'aria-valuemax': ariaNumber(Math.max(reach, value)),
})

interface HandleProps {
  readonly token: number
  readonly name: string
  /** Whether it can win, and how probable it gets if not. */
  readonly about: string
  /** In units of the layer. */
  readonly across: number
  readonly up: number
  /** Pixels. */
  readonly left: number
  readonly top: number
  readonly layer: number
  readonly isFocused: boolean
}

const Handle = memo(function Handle(props: HandleProps) {
  const { token, name, about, across, up, left, top, layer, isFocused } = props
  return (
    <div
      className="geo-handle"
      data-token={token}
      role="slider"
      tabIndex={isFocused ? 0 : -1}
      aria-roledescription="point"
      aria-label={name}
      {...range(across, Math.abs(across))}
      aria-valuenow={ariaNumber(across)}
      aria-valuetext={`${place(across, up)}; ${about}`}
      title={`${name}: ${about}`}
      style={{ left, top, zIndex: layer }}
    />
  )
})
