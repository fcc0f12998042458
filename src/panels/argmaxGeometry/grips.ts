import type { PointerEvent } from 'react'

/** What a press took hold of, and where in the layer that was. */
export type Grip =
  | { readonly kind: 'token'; readonly token: number; readonly row: readonly number[] }
  | { readonly kind: 'state'; readonly row: readonly number[] }
  | { readonly kind: 'ground'; readonly row: readonly number[]; readonly isTouch: boolean }

export interface Places {
  readonly row: (token: number) => readonly number[]
  /** Of the arrow's tip. */
  readonly state: () => readonly number[]
  /** Of a place on the screen, in the layer. */
  readonly ground: (clientX: number, clientY: number) => readonly number[]
}

export function gripOf(event: PointerEvent<HTMLElement>, { row, state, ground }: Places): Grip {
  const target = event.target instanceof HTMLElement ? event.target : null
  const token = target?.dataset['token']
  if (token !== undefined) return { kind: 'token', token: Number(token), row: row(Number(token)) }
  if (target?.dataset['state'] !== undefined) return { kind: 'state', row: state() }
  return { kind: 'ground', row: ground(event.clientX, event.clientY), isTouch: event.pointerType === 'touch' }
}
