import type { Root } from 'react-dom/client'
import { parse } from 'valibot'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { ExperimentStore } from '../../src/panels/experimentStore.ts'
import { schema } from '../../src/panels/sinkTraining/experiment.ts'
import { sinkTrainingPanel } from '../../src/panels/sinkTraining/index.ts'
import { LivePanel } from '../../stories/panels/LivePanel.tsx'
import { mounted } from './mounted.ts'

let root: Root
let place: HTMLElement
let store: ExperimentStore<Record<string, unknown>>
const short = { engine: 'cpu', steps: 20, length: 12, batch: 8, width: 16 }

beforeEach(() => {
  ;({ place, root } = mounted())
})

async function show(change: Record<string, unknown> = {}): Promise<void> {
  const experiment = { ...short, ...change }
  root.render(
    <LivePanel panel={sinkTrainingPanel} experiment={experiment} onStore={(made) => void (store = made)} width={900} />,
  )
  await vi.waitFor(() => expect(step()).toBe(`step ${experiment.steps} of ${experiment.steps}`), 40_000)
}
const experiment = () => parse(schema, store.getState().experiment)
const step = () => place.querySelector('.sinks-steps output')?.textContent
const readout = (normalizer: string) =>
  place.querySelector(`section[aria-label="${normalizer}"] .sinks-readout`)?.textContent ?? ''
const press = (name: RegExp | string) => userEvent.click(page.getByRole('button', { name }))

describe('the sink-training panel', () => {
  it('moves over a map by the keyboard, and every map reads the same cell', async () => {
    await show()
    place.querySelector<HTMLElement>('.sinks-picture')!.focus()
    await userEvent.keyboard('{ArrowRight}')
    for (const normalizer of ['softmax', 'softpick'])
      expect(readout(normalizer)).toMatch(/^“[a-z]+” \(\d+\) gives “[a-z]+” \(2\) /)
  })

  it('reads the first cell as a token that gives itself all, under softmax', async () => {
    await show()
    place.querySelector<HTMLElement>('.sinks-picture')!.focus()
    for (let i = 0; i < 12; i++) await userEvent.keyboard('{ArrowUp}')
    // One key alone: its weight is 1 whatever its logit.
    expect(readout('softmax')).toBe('“BOS” (1) gives “BOS” (1) 100 %')
    const bar = place.querySelector('section[aria-label=softmax] .sinks-bar')
    expect(bar?.getAttribute('aria-label')).toBe('softmax, this row: 100 % on the first token')
  })

  it('goes by End to what a token gives itself, and by Home to what it gives the first one', async () => {
    await show()
    place.querySelector<HTMLElement>('.sinks-picture')!.focus()
    await userEvent.keyboard('{End}')
    expect(readout('softmax')).toMatch(/^“(\w+)” \((\d+)\) gives “\1” \(\2\) /)
    await userEvent.keyboard('{Home}')
    expect(readout('softmax')).toMatch(/ gives “BOS” \(1\) /)
  })

  it('names the cell under the pointer, never one that a token may not see', async () => {
    await show()
    const picture = place.querySelector<HTMLElement>('.sinks-picture')!
    await userEvent.hover(picture, { position: { x: picture.clientWidth - 3, y: 3 } })
    await vi.waitFor(() => expect(readout('softmax')).toMatch(/^“BOS” \(1\) gives “BOS” \(1\)/))
  })

  it('rewinds by the slider, and follows the newest again at its end', async () => {
    await show()
    place.querySelector<HTMLElement>('.sinks-steps input')!.focus()
    await userEvent.keyboard('{Home}')
    expect(experiment().step).toBe(0)
    await vi.waitFor(() => expect(step()).toBe('step 0 of 20'), 20_000)
    await press('Forward one record')
    expect(experiment().step).toBe(10)
  })

  it('pauses the training, leads it on by one record, and stops with what there is', async () => {
    const long = { ...short, steps: 5000, recordEvery: 20 }
    root.render(
      <LivePanel panel={sinkTrainingPanel} experiment={long} onStore={(made) => void (store = made)} width={900} />,
    )
    await vi.waitFor(() => expect(step()).toMatch(/^step \d*[1-9]0 of 5000$/), 40_000)
    await press('Pause')
    // One result may still be on its way.
    await new Promise((resolve) => setTimeout(resolve, 300))
    const at = Number(step()!.split(' ')[1])
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(step()).toBe(`step ${at} of 5000`)
    await press('Forward one record')
    await vi.waitFor(() => expect(step()).toBe(`step ${at + 20} of 5000`), 20_000)
    await press('Play')
    await vi.waitFor(() => expect(Number(step()!.split(' ')[1])).toBeGreaterThan(at + 40), 20_000)
    await press('Stop')
    await vi.waitFor(() => expect(place.textContent).toContain('Train again'), 20_000)
    expect(Number(step()!.split(' ')[1])).toBeLessThan(5000)
  })

  it('adds a normalizer and leaves it out again', async () => {
    await show()
    await press('+ normalizer')
    await press(/^sparsemax/)
    expect(experiment().normalizers.map(({ id }) => id)).toEqual(['softmax', 'softpick', 'sparsemax'])
    await vi.waitFor(() => expect(place.querySelectorAll('.sinks-map')).toHaveLength(3), 20_000)
    await press(/^sparsemax: what it is/)
    await press('Leave it out')
    expect(experiment().normalizers.map(({ id }) => id)).toEqual(['softmax', 'softpick'])
  })

  it('takes five seeds from the first, and one again', async () => {
    await show({ seeds: [3], steps: 1 })
    await press('Five seeds')
    expect(experiment().seeds).toEqual([3, 4, 5, 6, 7])
    await press('One seed')
    expect(experiment().seeds).toEqual([3])
  })

  it('changes the model from behind one button, and has every reading in a table', async () => {
    await show()
    await press('Rewind')
    expect(experiment().step).toBe(0)
    await press('Settings')
    await userEvent.selectOptions(page.getByRole('combobox', { name: 'MLP' }), 'yes')
    // The new models are followed, not looked at where the old ones were.
    expect(experiment()).toMatchObject({ mlp: true, step: null })
    await userEvent.keyboard('{Escape}')
    await press('Show as table')
    const heads = [...place.querySelectorAll('.figure-table thead th')].map((head) => head.textContent)
    expect(heads).toContain('Loss at triggers, nats')
    expect(heads.filter((head) => /^[a-z]+[A-Z]/.test(head ?? ''))).toEqual([])
    // Two models, each with the steps 0, 10 and 20.
    const rows = () =>
      [...place.querySelectorAll('.figure-table')].map((table) => table.querySelectorAll('tbody tr').length)
    // And with the caches of 4 and 2 tokens, each with the first token and without.
    await vi.waitFor(() => expect(rows()).toEqual([6, 8]), 20_000)
    expect(place.textContent).toMatch(/costs a dormant token of softmax .* nats.*, of softpick .* nats/)
  })

  it('says when a sink formed, and writes the last step of every axis whole', async () => {
    // A row of one key is 1 under softmax; over 4 tokens that alone is a mean of 0.25 or more.
    await show({ length: 4, epsilon: 0.25, steps: 20 })
    expect(place.textContent).toMatch(/above 0.25: softmax at step \d+, softpick (at step \d+|never)\./)
    const svgs = [...place.querySelectorAll('.sinks-strip svg[role=img]')]
    expect(svgs).toHaveLength(4)
    for (const svg of svgs) {
      const right = svg.getBoundingClientRect().right
      const texts = [...svg.querySelectorAll('text')].map((text) => text.getBoundingClientRect().right)
      expect(Math.max(...texts)).toBeLessThanOrEqual(right)
    }
  })

  it('says in words that a run left the range of numbers', async () => {
    root.render(<LivePanel panel={sinkTrainingPanel} experiment={{ ...short, optimizer: 'sgd', learningRate: 1e6 }} />)
    const said = () => place.querySelector('[role=alert]')?.textContent
    await vi.waitFor(() => expect(said()).toMatch(/at step \d+: lower the learning rate/), 40_000)
    expect(place.textContent).not.toMatch(/NaN|∞/)
  })
})
