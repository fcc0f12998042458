import { useState } from 'react'
import { describe, expect, it } from 'vitest'
import { userEvent } from 'vitest/browser'
import '../../src/charts/tokens.css'
import { DragBars } from '../../src/charts/DragBars.tsx'
import { DragColumns } from '../../src/charts/DragColumns.tsx'
import { Frame } from '../../src/charts/Frame.tsx'
import { ScrubNumber } from '../../src/charts/ScrubNumber.tsx'
import { nextFrame, rendered } from './rendered.tsx'

interface Change {
  readonly index: number
  readonly value: number
  readonly gesture: string
}

/** 0 at 200 px, 50 px a unit, from −1 to 3. */
function Bars({ start, changes, many = false }: { start: number[]; changes: Change[]; many?: boolean }) {
  const [values, setValues] = useState(start)
  const names = ['a', 'b', 'c', 'd']
  const shared = {
    values,
    low: -1,
    high: 3,
    spoken: (i: number) => `logit ${values[i]}`,
    onChange: (index: number, value: number, gesture: string) => {
      changes.push({ index, value, gesture })
      setValues((before) => before.with(index, value))
    },
  }
  return (
    <Frame
      label="bars"
      width={400}
      height={200}
      x={{ kind: 'band', count: start.length }}
      y={{ kind: 'linear', low: -1, high: 3 }}
      over={
        many ? (
          <DragColumns {...shared} name={(i) => names[i]!} />
        ) : (
          <DragBars
            {...shared}
            names={names}
            onDelete={(index) => changes.push({ index, value: NaN, gesture: 'delete' })}
          />
        )
      }
    />
  )
}

const slider = (place: HTMLElement, name: string) =>
  place.querySelector<HTMLElement>(`[role=slider][aria-label="${name}"]`)!

function point(target: Element, type: string, clientX: number, clientY: number, pointerType = 'mouse', more = {}) {
  const init = { clientX, clientY, pointerType, pointerId: 1, bubbles: true, button: 0, cancelable: true, ...more }
  target.dispatchEvent(new PointerEvent(type, init))
}

/** Presses on `target` and moves by `dy` in steps; a synthetic pointer cannot be captured, so that is left out. */
async function drag(
  target: Element,
  layer: Element,
  x: number,
  y: number,
  dy: number,
  pointerType = 'mouse',
  more = {},
) {
  layer.setPointerCapture = () => undefined
  point(target, 'pointerdown', x, y, pointerType)
  for (let i = 1; i <= 8; i++) point(layer, 'pointermove', x, y + (dy * i) / 8, pointerType, more)
  await nextFrame()
  await nextFrame()
  point(layer, 'pointerup', x, y + dy, pointerType)
  await nextFrame()
}

describe('DragBars', () => {
  it('follows the mouse: 25 px up are half a unit, in one change a frame and one gesture', async () => {
    const changes: Change[] = []
    const place = await rendered(<Bars start={[1, 0]} changes={changes} />)
    await drag(slider(place, 'a'), place.querySelector('.drag-bars')!, 100, 100, -25)
    expect(changes.at(-1)).toMatchObject({ index: 0, value: 1.5 })
    expect(changes.length).toBeLessThanOrEqual(3)
    expect(new Set(changes.map(({ gesture }) => gesture)).size).toBe(1)
    expect(slider(place, 'a').getAttribute('aria-valuetext')).toBe('logit 1.5')
    expect(document.activeElement).toBe(slider(place, 'a'))
  })

  it('stops at the ends of the scale', async () => {
    const changes: Change[] = []
    const place = await rendered(<Bars start={[1, 0]} changes={changes} />)
    await drag(slider(place, 'a'), place.querySelector('.drag-bars')!, 100, 100, -300)
    expect(changes.at(-1)?.value).toBe(3)
  })

  it('a finger drags the bar or its grip, and scrolls the page from the empty part of a column', async () => {
    const changes: Change[] = []
    const place = await rendered(<Bars start={[1, 0]} changes={changes} />)
    const layer = place.querySelector('.drag-bars')!
    await drag(place.querySelector('.drag-column')!, layer, 100, 20, 25, 'touch')
    expect(changes).toEqual([])
    await drag(place.querySelector('.drag-bar')!, layer, 100, 130, 25, 'touch')
    expect(changes.at(-1)).toMatchObject({ index: 0, value: 0.5 })
  })

  it('has a grip of 44 px for a thumb', async () => {
    const place = await rendered(<Bars start={[1, 0]} changes={[]} />)
    expect(slider(place, 'a').getBoundingClientRect().height).toBe(44)
    expect(slider(place, 'a').getBoundingClientRect().width).toBeGreaterThan(44)
  })

  it('Delete on the last bar, whose place goes with it, hands the focus to the bar before; on another it stays', async () => {
    const changes: Change[] = []
    const place = await rendered(<Bars start={[1, 0, 2]} changes={changes} />)
    slider(place, 'b').focus()
    await userEvent.keyboard('{Delete}')
    expect(document.activeElement).toBe(slider(place, 'b'))
    slider(place, 'c').focus()
    await userEvent.keyboard('{Backspace}')
    expect(document.activeElement).toBe(slider(place, 'b'))
    expect(changes.map(({ index }) => index)).toEqual([1, 2])
  })

  it('a click moves nothing', async () => {
    const changes: Change[] = []
    const place = await rendered(<Bars start={[1, 0]} changes={changes} />)
    await drag(slider(place, 'a'), place.querySelector('.drag-bars')!, 100, 100, 1)
    expect(changes).toEqual([])
  })

  it('hears the keyboard: arrows 0.1, Shift 1, Alt 0.01, Home, End, Delete', async () => {
    const changes: Change[] = []
    const place = await rendered(<Bars start={[1, 0]} changes={changes} />)
    slider(place, 'b').focus()
    await userEvent.keyboard('{ArrowUp}{Shift>}{ArrowUp}{/Shift}{Alt>}{ArrowDown}{/Alt}{Home}{End}{Delete}')
    expect(changes.map(({ index, value }) => [index, value])).toEqual([
      [1, 0.1],
      [1, 1.1],
      [1, 1.09],
      [1, -1],
      [1, 3],
      [1, NaN],
    ])
    expect(new Set(changes.map(({ gesture }) => gesture)).size).toBe(6)
  })
})

describe('DragColumns', () => {
  it('takes the entry under the pointer, and goes from entry to entry by left and right', async () => {
    const changes: Change[] = []
    const place = await rendered(<Bars start={[1, 0, 2, 0]} changes={changes} many />)
    expect(place.querySelectorAll('[role=slider]')).toHaveLength(1)
    // The handle first stands at the highest.
    expect(slider(place, 'c').getAttribute('aria-valuenow')).toBe('2')
    const layer = place.querySelector('.drag-bars')!
    await drag(layer, layer, 150, 60, 50)
    expect(changes.at(-1)).toMatchObject({ index: 1, value: -1 })
    await userEvent.keyboard('{ArrowRight}{ArrowUp}')
    expect(changes.at(-1)).toMatchObject({ index: 2, value: 2.1 })
  })
})

describe('ScrubNumber', () => {
  function Scrub({ changes }: { readonly changes: Change[] }) {
    const [value, setValue] = useState(1.5)
    return (
      <ScrubNumber
        value={value}
        label="alpha"
        range={[1, 4]}
        scale="linear"
        problem={(typed) => (typed > 0 ? null : 'above 0')}
        onChange={(next, gesture) => {
          changes.push({ index: 0, value: next, gesture })
          setValue(next)
        }}
      />
    )
  }

  it('moves by a hundredth every two pixels, in one gesture', async () => {
    const changes: Change[] = []
    const place = await rendered(<Scrub changes={changes} />)
    const number = slider(place, 'alpha')
    number.setPointerCapture = () => undefined
    point(number, 'pointerdown', 10, 10)
    point(number, 'pointermove', 50, 10)
    await nextFrame()
    point(number, 'pointermove', 110, 10)
    point(number, 'pointerup', 110, 10)
    await nextFrame()
    expect(changes.map(({ value }) => value)).toEqual([1.7, 2])
    expect(new Set(changes.map(({ gesture }) => gesture)).size).toBe(1)
  })

  it('moves by arrows, and takes a typed value beyond its range, a decimal comma too', async () => {
    const changes: Change[] = []
    const place = await rendered(<Scrub changes={changes} />)
    slider(place, 'alpha').focus()
    await userEvent.keyboard('{ArrowRight}')
    expect(changes.at(-1)?.value).toBe(1.51)
    await userEvent.keyboard('7,5{Enter}')
    expect(changes.at(-1)?.value).toBe(7.5)
    expect(slider(place, 'alpha').getAttribute('aria-valuemax')).toBe('7.5')
  })

  it('says what a typed value must be, and keeps the old one on Escape', async () => {
    const changes: Change[] = []
    const place = await rendered(<Scrub changes={changes} />)
    slider(place, 'alpha').focus()
    await userEvent.keyboard('{Enter}')
    await userEvent.keyboard('-1{Enter}')
    expect(place.querySelector('[role=alert]')?.textContent).toBe('It must be above 0.')
    await userEvent.keyboard('{Escape}')
    expect(changes).toEqual([])
    expect(slider(place, 'alpha').textContent).toBe('1.5')
  })

  it.each(['{Escape}', '2{Enter}'])('has the focus again after %s in its field', async (keys) => {
    const place = await rendered(<Scrub changes={[]} />)
    slider(place, 'alpha').focus()
    await userEvent.keyboard('{Enter}')
    await userEvent.keyboard(keys)
    expect(document.activeElement).toBe(slider(place, 'alpha'))
  })
})
