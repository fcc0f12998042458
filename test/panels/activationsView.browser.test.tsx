import type { Root } from 'react-dom/client'
import { parse } from 'valibot'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { normalizers } from '../../src/math/normalizers/index.ts'
import { activationsPanel } from '../../src/panels/activations/index.ts'
import { schema } from '../../src/panels/activations/experiment.ts'
import type { ExperimentStore } from '../../src/panels/experimentStore.ts'
import { LivePanel } from '../../stories/panels/LivePanel.tsx'
import { mounted } from './mounted.ts'

let root: Root
let place: HTMLElement
let store: ExperimentStore<Record<string, unknown>>
const names = ['mat', 'sofa', 'floor']
const three = { logits: [2, 1, -1], names, variants: ['softmax', 'sparsemax', 'softmax-n'] }

beforeEach(() => {
  ;({ place, root } = mounted())
})

async function show(experiment: Record<string, unknown>): Promise<void> {
  root.render(
    <LivePanel panel={activationsPanel} experiment={experiment} onStore={(made) => void (store = made)} width={900} />,
  )
  await vi.waitFor(() => expect(place.querySelector('.stats')).not.toBeNull(), 20_000)
}
const experiment = () => parse(schema, store.getState().experiment)
const stat = (variant: string, term: string) =>
  [...place.querySelectorAll(`[role=group][aria-label="${variant}"] dt`)].find((each) => each.textContent === term)
    ?.nextElementSibling?.textContent
const press = (name: RegExp | string) => userEvent.click(page.getByRole('button', { name }))

describe('the activations panel', () => {
  it('moves a logit by the keyboard, and its outputs follow', async () => {
    await show(three)
    expect(stat('sparsemax', 'support')).toBe('1 of 3')
    place.querySelector<HTMLElement>('[role=slider][aria-label=sofa]')!.focus()
    await userEvent.keyboard('{ArrowUp}{ArrowUp}')
    expect(experiment().logits).toEqual([2, 1.2, -1])
    await vi.waitFor(() => expect(stat('sparsemax', 'support')).toBe('2 of 3'))
    // softmax of [2, 1.2, −1]: e^1.2 / (e^2 + e^1.2 + e^−1) = 0.2995…
    // The first press alone gives sparsemax its second entry, so the result of the second may come later.
    const spoken = () => place.querySelector('[role=slider][aria-label=sofa]')?.getAttribute('aria-valuetext')
    await vi.waitFor(() => expect(spoken()).toBe('logit 1.2, softmax weight 0.3'))
  })

  it('rings exact zeros alone, and outlines what is unspent', async () => {
    await show(three)
    const zeros = (variant: string) =>
      place.querySelector(`[role=group][aria-label="${variant}"] .zeros`)?.getAttribute('d')?.match(/M/g)?.length ?? 0
    expect([zeros('softmax'), zeros('sparsemax'), zeros('softmax-n')]).toEqual([0, 2, 0])
    expect([...place.querySelectorAll('.unspent')].map((each) => each.closest('.output')?.ariaLabel)).toEqual([
      'softmax-n',
    ])
  })

  it('points at the same entry in every picture', async () => {
    await show(three)
    await userEvent.hover(place.querySelector('[role=group][aria-label=softmax] .frame')!, {
      position: { x: 60, y: 60 },
    })
    await vi.waitFor(() => expect(place.querySelectorAll('.output .band-highlight')).toHaveLength(3))
    expect(place.querySelectorAll('.logits .band-highlight')).toHaveLength(1)
  })

  it('scrubs a parameter of one variant', async () => {
    await show(three)
    place.querySelector<HTMLElement>('[role=slider][aria-label="softmax temperature"]')!.focus()
    await userEvent.keyboard('{Home}')
    expect(experiment().variants[0]!.params).toEqual({ T: 0.05 })
    await vi.waitFor(() => expect(stat('softmax', 'max')).toBe('1'))
  })

  it('names, values, masks and removes an entry from behind its name', async () => {
    await show(three)
    await press(/^mat, logit 2/)
    await userEvent.fill(page.getByRole('textbox', { name: 'Name' }), 'rug')
    await userEvent.fill(page.getByRole('textbox', { name: 'Logit' }), '-0,5')
    await press(/^Mask/)
    expect(experiment()).toMatchObject({ logits: [-0.5, 1, -1], names: ['rug', 'sofa', 'floor'], masked: [0] })
    await press('Remove')
    expect(experiment()).toMatchObject({ logits: [1, -1], names: ['sofa', 'floor'], masked: [] })
  })

  it('shows a variant’s formula, laws and source, and makes it the reference', async () => {
    await show(three)
    await press(/^sparsemax: formula/)
    await expect.element(page.getByText('Martins & Astudillo 2016').first()).toBeVisible()
    await vi.waitFor(() => expect(place.querySelector('.popover .katex')).not.toBeNull(), 20_000)
    await press('Compare others with it')
    expect(experiment().reference).toBe('sparsemax')
    await vi.waitFor(() => expect(place.querySelectorAll('.output .levels')).toHaveLength(2))
  })

  it('adds every variant, draws them in one picture, and has the numbers in a table', async () => {
    await show(three)
    await press('+ variant')
    await press('all of them')
    expect(experiment().variants).toHaveLength(normalizers.length)
    await press('More')
    await press('Draw in one picture')
    await vi.waitFor(() => expect(place.querySelectorAll('.output .frame')).toHaveLength(0))
    await press('More')
    await press('Show as table')
    await vi.waitFor(() => expect(place.querySelectorAll('.figure-table tbody tr')).toHaveLength(3), 20_000)
    expect(place.querySelectorAll('.figure-table thead th')).toHaveLength(normalizers.length + 2)
  })

  it('marks masked entries in the table and gives the differences that the pictures draw; a masked entry has no level', async () => {
    await show({ logits: [0.5, 0, 9], names, masked: [2], variants: ['softmax', 'sparsemax'], reference: 'softmax' })
    await press('More')
    await press('Show as table')
    const cells = (selector: string) => [...place.querySelectorAll(selector)].map((each) => each.textContent)
    await vi.waitFor(() => expect(cells('.figure-table tbody th')).toEqual(['mat', 'sofa', 'floor (masked)']), 20_000)
    expect(cells('.figure-table thead th').at(-1)).toBe('sparsemax − softmax')
    // softmax of [0.5, 0] is 1 / (1 + e^−0.5) = 0.62246, sparsemax is 0.75 (by hand).
    expect(Number(cells('.figure-table tbody tr:first-child td').at(-1))).toBeCloseTo(0.12754, 5)
    expect(place.querySelector('.levels')?.getAttribute('d')?.match(/M/g)).toHaveLength(2)
  })

  it('undoes a preset in one step', async () => {
    await show(three)
    await press('Presets')
    await press('two tie')
    expect(experiment().logits.slice(0, 2)).toEqual([2, 2])
    store.undo()
    expect(experiment().logits).toEqual([2, 1, -1])
  })
})

describe('numbers that a person brings', () => {
  const paste = async (text: string) => {
    await press('Paste data')
    await userEvent.fill(page.getByRole('textbox', { name: 'Numbers' }), text)
    await press('Use these numbers')
  }

  it('a short row becomes bars, named by its header; −inf is a masked entry', async () => {
    await show(three)
    await paste('a,b,c\n1,-inf,3')
    await vi.waitFor(() =>
      expect(experiment()).toMatchObject({ logits: [1, 0, 3], names: ['a', 'b', 'c'], masked: [1] }),
    )
    expect(place.querySelector('dialog')).toBeNull()
  })

  it('what is wrong is said with line and column, and the old logits stay', async () => {
    await show(three)
    await paste('1, 2\n3, x')
    await expect.element(page.getByText(/pasted, line 2, column 4/)).toBeVisible()
    await expect.element(page.getByText(/The old logits stay/)).toBeVisible()
    expect(experiment().logits).toEqual([2, 1, -1])
  })

  it('a NaN is refused by its place', async () => {
    await show(three)
    await paste('1 nan 3')
    await expect.element(page.getByText(/number 2 is NaN/)).toBeVisible()
  })

  it('a table keeps its rows, of which one is shown', async () => {
    await show(three)
    await paste('1 2 3\n4 5 7')
    await vi.waitFor(() => expect(experiment().data).toMatchObject({ name: 'pasted', row: 0, rows: 2, cols: 3 }))
    place.querySelector<HTMLElement>('[role=slider][aria-label^="row of pasted"]')!.focus()
    await userEvent.keyboard('{ArrowUp}')
    await vi.waitFor(() =>
      expect(place.querySelector('[role=slider][aria-label="2"]')?.getAttribute('aria-valuenow')).toBe('7'),
    )
  })

  it('cancelling gives the focus back to the button that asked', async () => {
    await show(three)
    await press('Paste data')
    await press('Cancel')
    await vi.waitFor(() => expect(document.querySelector('dialog')).toBeNull())
    expect(document.activeElement?.textContent).toBe('Paste data')
  })

  it('a dropped file is read at once', async () => {
    await show(three)
    const transfer = new DataTransfer()
    transfer.items.add(new File([JSON.stringify([0.5, 0])], 'row.json'))
    place
      .querySelector('.activations')!
      .dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }))
    await vi.waitFor(() => expect(experiment().logits).toEqual([0.5, 0]), 20_000)
  })
})

describe('long rows', () => {
  it('of 1000 entries are drawn on canvases, with one handle', async () => {
    const logits = Array.from({ length: 1000 }, (_, i) => (i % 7) / 2)
    await show({ logits, variants: ['softmax', 'sparsemax'] })
    expect(place.querySelectorAll('canvas')).toHaveLength(3)
    expect(place.querySelectorAll('.drag-grip')).toHaveLength(1)
    expect(place.querySelectorAll('svg *').length).toBeLessThan(300)
  })

  it('of 200,000 entries are drawn in aggregate, in a few hundred nodes', async () => {
    await show({ generate: { kind: 'gaussian', n: 200_000, seed: 1, sd: 1 }, variants: ['softmax', 'sparsemax'] })
    await vi.waitFor(() => expect(place.querySelectorAll('.overview')).toHaveLength(3), 20_000)
    expect(place.querySelectorAll('.edge-ring')).toHaveLength(1)
    expect(place.querySelectorAll('svg *').length).toBeLessThan(400)
  })
})
