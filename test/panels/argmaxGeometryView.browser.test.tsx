import type { Root } from 'react-dom/client'
import { parse } from 'valibot'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { schema } from '../../src/panels/argmaxGeometry/experiment.ts'
import { argmaxGeometryPanel } from '../../src/panels/argmaxGeometry/index.ts'
import { ShareBars } from '../../src/panels/argmaxGeometry/ShareBars.tsx'
import type { ExperimentStore } from '../../src/panels/experimentStore.ts'
import { LivePanel } from '../../stories/panels/LivePanel.tsx'
import { mounted } from './mounted.ts'

let root: Root
let place: HTMLElement
beforeEach(() => {
  ;({ place, root } = mounted())
})
let store: ExperimentStore<Record<string, unknown>>

const square = [
  [1, 1],
  [-1, 1],
  [-1, -1],
  [1, -1],
  [0.2, 0.1],
]

async function show(experiment: Record<string, unknown> = { W: square }): Promise<void> {
  root.render(
    <LivePanel
      panel={argmaxGeometryPanel}
      experiment={experiment}
      onStore={(made) => void (store = made)}
      width={900}
    />,
  )
  await vi.waitFor(() => expect(place.querySelector('.geo-card')).not.toBeNull(), 20_000)
}
const experiment = () => parse(schema, store.getState().experiment)
const point = (token: number) => place.querySelector<HTMLElement>(`[data-token="${token}"]`)!
const tip = () => place.querySelector<HTMLElement>('[data-state]')!
const press = (name: RegExp | string) => userEvent.click(page.getByRole('button', { name }))
const verdict = () => place.querySelector('.geo-verdict')?.textContent

/** Presses the pointer at the middle of an element and lets it go elsewhere. */
async function drag(element: HTMLElement, dx: number, dy: number): Promise<void> {
  const { left, top, width, height } = element.getBoundingClientRect()
  const at = (x: number, y: number) => ({
    bubbles: true,
    pointerId: 1,
    clientX: left + width / 2 + x,
    clientY: top + height / 2 + y,
  })
  const group = element.closest<HTMLElement>('.geo-handles')!
  // A pointer that no hand holds cannot be captured.
  group.setPointerCapture = () => undefined
  element.dispatchEvent(new PointerEvent('pointerdown', at(0, 0)))
  group.dispatchEvent(new PointerEvent('pointermove', at(dx, dy)))
  group.dispatchEvent(new PointerEvent('pointerup', at(dx, dy)))
}

describe('the argmax-geometry panel', () => {
  it('saves a token that is dragged out of the hull, and loses it again by undo', async () => {
    await show()
    await vi.waitFor(() => expect(verdict()).toBe('can never win'))
    await drag(point(4), 200, 0)
    expect(experiment().W![4]![0]).toBeGreaterThan(1)
    expect(experiment().W![4]![1]).toBeCloseTo(0.1, 4)
    await vi.waitFor(() => expect(verdict()).toBe('can win'))
    store.undo()
    await vi.waitFor(() => expect(verdict()).toBe('can never win'))
    expect(experiment().W).toEqual(square)
  })

  it('moves a token by arrows, ten times as far with Shift, and goes to others by the page keys', async () => {
    await show()
    point(4).focus()
    await userEvent.keyboard('{ArrowRight}')
    const step = experiment().W![4]![0]! - 0.2
    expect(step).toBeGreaterThan(0)
    await userEvent.keyboard('{Shift>}{ArrowDown}{/Shift}')
    expect(experiment().W![4]![1]).toBeCloseTo(0.1 - 10 * step, 3)
    await userEvent.keyboard('{Home}{PageDown}')
    expect(document.activeElement).toBe(point(1))
    expect(experiment().token).toBe(1)
    // One stop of the tab key for all tokens, and one for the state.
    expect(place.querySelectorAll('.geo-handles [tabindex="0"]')).toHaveLength(2)
  })

  it('shows at the dragged state who wins, and goes back to the best state of the token', async () => {
    await show()
    await drag(tip(), 150, -150)
    expect(experiment().h).toHaveLength(2)
    await vi.waitFor(() => expect(place.querySelector('.geo-state h3')?.textContent).toBe('0 wins here'))
    expect(tip().getAttribute('aria-valuetext')).toMatch(/0 wins$/)
    await press(/^Best h for 4/)
    expect(experiment().h).toBeNull()
  })

  it('adds, renames and removes a token, and the others keep their names', async () => {
    await show()
    await press('+ token')
    await vi.waitFor(() => expect(place.querySelectorAll('[data-token]')).toHaveLength(6))
    expect(experiment()).toMatchObject({ token: 5, names: ['0', '1', '2', '3', '4', '5'] })
    await userEvent.fill(page.getByRole('textbox', { name: 'name of the token' }), 'new')
    await userEvent.keyboard('{Enter}')
    expect(experiment().names![5]).toBe('new')
    point(2).focus()
    await userEvent.keyboard('{Delete}')
    expect(experiment().names).toEqual(['0', '1', '3', '4', 'new'])
    await vi.waitFor(() => expect(place.querySelectorAll('[data-token]')).toHaveLength(5))
    expect([experiment().token, document.activeElement]).toEqual([2, point(2)])
    await userEvent.keyboard('{End}{Delete}')
    expect(experiment().names).toEqual(['0', '1', '3', '4'])
    await vi.waitFor(() => expect(place.querySelectorAll('[data-token]')).toHaveLength(4))
    expect([experiment().token, document.activeElement]).toEqual([3, point(3)])
  })

  it('brings every token back by either cure, and a token alone by its bias', async () => {
    await show({ vocabulary: 20, seed: 1101 })
    const squares = () => place.querySelectorAll('.geo-handle[aria-valuetext*="can never win, at most "]').length
    await vi.waitFor(() => expect(squares()).toBe(12))
    for (const name of ['Unit norm', 'b = −½‖w‖²']) {
      await press(name)
      await vi.waitFor(() => expect(squares()).toBe(0))
    }
    await press('As it is')
    const bias = place.querySelector<HTMLElement>('[role=slider][aria-label=bias]')!
    bias.focus()
    await userEvent.keyboard('{End}')
    await vi.waitFor(() => expect(experiment().b).toHaveLength(20))
    await vi.waitFor(() => expect(verdict()).toBe('can win'))
  })

  it('turns space by a drag over the ground, and draws its hull', async () => {
    await show({ vocabulary: 30, d: 3, seed: 1104, orbit: [0, 0] })
    await vi.waitFor(() => expect(place.querySelectorAll('.geo-face').length).toBeGreaterThan(3))
    const handles = place.querySelector<HTMLElement>('.geo-handles')!
    const { left, top } = handles.getBoundingClientRect()
    handles.setPointerCapture = () => undefined
    const at = (x: number, y: number) => ({ bubbles: true, pointerId: 1, clientX: left + 5 + x, clientY: top + 5 + y })
    handles.dispatchEvent(new PointerEvent('pointerdown', at(0, 0)))
    handles.dispatchEvent(new PointerEvent('pointermove', at(40, 20)))
    handles.dispatchEvent(new PointerEvent('pointerup', at(40, 20)))
    expect(experiment().orbit).toEqual([340, 10])
  })

  it('draws losers as outlines, and no two bars of a list alike: 20 has the colour of 3, and stripes', async () => {
    const share = (token: number, isLost = false) => ({ token, name: String(token), share: 0.25, isLost })
    root.render(<ShareBars title="shares" shares={[share(3), share(20), share(7), share(4, true)]} />)
    await vi.waitFor(() => expect(place.querySelectorAll('li')).toHaveLength(4))
    const looks = [...place.querySelectorAll('.geo-share-bar > span')].map((bar) => {
      const { backgroundColor, backgroundImage, color } = getComputedStyle(bar)
      return { fill: backgroundColor, texture: backgroundImage, hue: color }
    })
    expect(looks[1]!.hue).toBe(looks[0]!.hue)
    expect([looks[0]!.texture, looks[0]!.fill]).toEqual(['none', looks[0]!.hue])
    expect(looks[1]!.texture).toContain('repeating-linear-gradient')
    expect(looks[3]).toMatchObject({ fill: 'rgba(0, 0, 0, 0)', texture: 'none' })
  })
})
