import { afterEach, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { createRoot, type Root } from 'react-dom/client'
import '../../src/charts/tokens.css'
import { attentionPanel } from '../../src/panels/attention/index.ts'
import { writeNpy } from '../../src/models/readers/writeNpy.ts'
import { LivePanel, type LivePanelProps } from '../../stories/panels/LivePanel.tsx'

let root: Root | null = null
afterEach(() => {
  root?.unmount()
  document.body.replaceChildren()
})

type Store = Parameters<NonNullable<LivePanelProps['onStore']>>[0]

/** The panel at work. @returns its experiment, as it then is */
async function draw(experiment: Record<string, unknown> = {}): Promise<() => Record<string, unknown>> {
  const place = document.body.appendChild(document.createElement('div'))
  root = createRoot(place)
  const store = await new Promise<Store>((onStore) =>
    root!.render(<LivePanel panel={attentionPanel} {...{ experiment, onStore }} />),
  )
  return () => store.getState().experiment
}
const map = () => page.getByRole('application')
/** One finger on the map; pixels of the window. */
function finger(type: string, pointerId: number, clientX: number, clientY: number): void {
  const event = new PointerEvent(type, {
    pointerId,
    clientX,
    clientY,
    pointerType: 'touch',
    bubbles: type !== 'pointerleave',
  })
  // There is no such finger, so there is nothing to hold on to.
  map().element().setPointerCapture = () => undefined
  map().element().dispatchEvent(event)
}
const readout = () => document.querySelector('.att-readout')?.textContent

describe('the attention panel, by hand and by keyboard', () => {
  it('arrow keys read weights by the names of their tokens: from the last query up and to the first key', async () => {
    await draw()
    await expect.element(map()).toBeVisible()
    map().element().focus()
    await userEvent.keyboard('{ArrowUp}')
    await expect.poll(readout).toMatch(/^“j” \(31\) looks at “BOS” \(1\): 0\.\d+$/)
    await userEvent.keyboard('{ArrowDown}{ArrowRight}')
    await expect.poll(readout).toMatch(/^“g” \(32\) looks at “l” \(2\)/)
  })

  it('zooms with plus and says how much is seen', async () => {
    await draw()
    await expect.element(map()).toBeVisible()
    map().element().focus()
    await userEvent.keyboard('+')
    await expect.element(page.getByText('16 of 32 tokens')).toBeVisible()
    await userEvent.click(page.getByRole('button', { name: 'Zoom out' }))
    await expect.element(page.getByText(/Darkness grows/)).toBeVisible()
  })

  it('a double click zooms in at the cell, a drag moves the map, 0 shows all of it', async () => {
    await draw()
    await expect.element(map()).toBeVisible()
    await userEvent.dblClick(map(), { position: { x: 5, y: 200 } })
    await expect.element(page.getByText('16 of 32 tokens; drag to move.')).toBeVisible()
    const seen = () => Number(/\((\d+)\) looks/.exec(readout() ?? '')?.[1])
    await userEvent.hover(map(), { position: { x: 5, y: 5 } })
    const before = seen()
    const { left, top, width } = map().element().getBoundingClientRect()
    finger('pointerdown', 1, left + 100, top + 200)
    // Two sixteenths of the map upwards: two queries further down.
    finger('pointermove', 1, left + 100, top + 200 - width / 8)
    finger('pointerup', 1, left + 100, top + 200 - width / 8)
    const tapped = () => {
      finger('pointerdown', 1, left + 5, top + 5)
      finger('pointerup', 1, left + 5, top + 5)
      return seen()
    }
    await expect.poll(tapped).toBe(before + 2)
    map().element().focus()
    await userEvent.keyboard('0')
    await expect.element(page.getByText(/Darkness grows/)).toBeVisible()
  })

  it('two fingers that part from 60 to 120 pixels show half as many tokens, and lifting one leaves what was read', async () => {
    await draw()
    await expect.element(map()).toBeVisible()
    const { left, top } = map().element().getBoundingClientRect()
    const across = (id: number, type: string, x: number) => finger(type, id, left + x, top + 200)
    across(1, 'pointerdown', 100)
    across(2, 'pointerdown', 160)
    across(1, 'pointermove', 70)
    across(2, 'pointermove', 190)
    for (const id of [1, 2]) for (const type of ['pointerup', 'pointerleave']) across(id, type, 100)
    await expect.element(page.getByText('16 of 32 tokens; drag to move.')).toBeVisible()
    expect(readout()).toMatch(/looks at/)
  })

  it('the wheel zooms with Control alone: without it the page scrolls', async () => {
    await draw()
    await expect.element(map()).toBeVisible()
    const wheel = (ctrlKey: boolean) => {
      const event = new WheelEvent('wheel', { deltaY: -100, ctrlKey, bubbles: true, cancelable: true })
      return map().element().dispatchEvent(event)
    }
    expect(wheel(false)).toBe(true)
    await expect.element(page.getByText(/Darkness grows/)).toBeVisible()
    expect(wheel(true)).toBe(false)
    await expect.element(page.getByText('16 of 32 tokens; drag to move.')).toBeVisible()
  })

  it('another normalizer is put in, and the perplexity as trained stands beside it', async () => {
    const experiment = await draw()
    await userEvent.selectOptions(page.getByLabelText('Normalizer of all heads'), 'softpick')
    await expect.element(page.getByText(/as trained .*, sink rate 100 %/)).toBeVisible()
    expect(experiment()['normalizer']).toMatchObject({ id: 'softpick' })
  })

  it('the first token is removed, or replaced by the one that is written', async () => {
    const experiment = await draw()
    const first = page.getByLabelText('First token', { exact: true })
    await userEvent.selectOptions(first, 'removed')
    await expect.element(page.getByText(/even attention has α 0\.130/)).toBeVisible()
    // 32 tokens, of which all but the first are predicted.
    const before = / of 30 tokens \([\d.]+ of 31 with the text’s own first token\)/
    await expect.element(page.getByText(before)).toBeVisible()
    await userEvent.selectOptions(first, 'replaced by')
    await expect.element(page.getByText('until then it is removed')).toBeVisible()
    expect(experiment()['first']).toBe('removed')
    await userEvent.fill(page.getByLabelText('Token in its place'), 'q')
    await userEvent.keyboard('{Enter}')
    await expect.poll(() => experiment()['first']).toEqual({ replace: 'q' })
    await expect.element(page.getByText(/until then/)).not.toBeInTheDocument()
    await expect.element(page.getByText(/ of 31 tokens \([\d.]+ of 31 with/)).toBeVisible()
  })

  it('a text is read when one leaves the box', async () => {
    const experiment = await draw()
    await expect.element(map()).toBeVisible()
    await userEvent.fill(page.getByLabelText('Text'), 'BOS a b c')
    await userEvent.tab()
    await expect.element(page.getByRole('application', { name: /4 tokens/ })).toBeVisible()
    expect(experiment()['text']).toBe('BOS a b c')
  })

  it('maps of two heads are opened, the larger α is chosen first, and the arrow keys choose the other', async () => {
    const experiment = await draw({ model: null })
    const npy = new File([writeNpy([1, 2, 2, 2], [1, 0, 0.2, 0.8, 1, 0, 0.9, 0.1])], 'maps.npy')
    await userEvent.upload(page.getByTitle(/They stay in this browser/).first(), npy)
    await expect.element(page.getByText('Attention of layer 1, head 2')).toBeVisible()
    page
      .getByRole('button', { name: /layer 1, head 2/ })
      .element()
      .focus()
    await userEvent.keyboard('{ArrowLeft}')
    await expect.element(page.getByText('Attention of layer 1, head 1')).toBeVisible()
    expect(experiment()).toMatchObject({ layer: 0, head: 0 })
  })

  it('a file that is nothing of this says so, and what was open stays', async () => {
    await draw()
    await expect.element(map()).toBeVisible()
    await userEvent.upload(page.getByTitle(/They stay in this browser/).first(), new File(['{"a": 1}'], 'wrong.json'))
    await expect.element(page.getByText(/wrong\.json: this JSON is neither .* What was open stays\./)).toBeVisible()
    await expect.element(map()).toBeVisible()
  })
})
