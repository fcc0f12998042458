import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import '../../src/charts/tokens.css'
import { rankPanel } from '../../src/panels/rank/index.ts'
import { LivePanel } from '../../stories/panels/LivePanel.tsx'

let root: Root
let place: HTMLElement
beforeEach(() => {
  place = document.createElement('div')
  document.body.append(place)
  root = createRoot(place)
})
afterEach(() => {
  root.unmount()
  place.remove()
})

const noise = () => place.querySelector<HTMLElement>('[aria-label^="deviation of the noise"]')!
async function press(key: string, shown: RegExp) {
  noise().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
  await vi.waitFor(() => expect(noise().textContent).toMatch(shown))
}

describe('the settings of a made model', () => {
  it('noise: each key multiplies it, from 1e-9 up, and the last one down is none', async () => {
    root.render(<LivePanel panel={rankPanel} experiment={{ vocabulary: 20, hidden: 3, prompts: 10 }} />)
    await vi.waitFor(() => expect(noise().textContent).toBe('none'), 20_000)
    // 9 decades in 200 steps: 10^(9/200) = 1.109 each.
    await press('ArrowRight', /^1\.11e−9$/)
    await press('PageUp', /^3\.13e−9$/)
    await press('End', /^1$/)
    await press('ArrowLeft', /^0\.902$/)
    await press('Home', /^none$/)
  })

  it('the mean over prompts goes by a word, and the constant row of a bias with it', async () => {
    root.render(<LivePanel panel={rankPanel} experiment={{ vocabulary: 20, hidden: 3, prompts: 10, bias: true }} />)
    await vi.waitFor(() => expect(place.textContent).toContain('theory: 5'), 20_000)
    const word = place.querySelector<HTMLSelectElement>('[aria-label="mean over prompts"]')!
    word.value = 'removed'
    word.dispatchEvent(new Event('change', { bubbles: true }))
    await vi.waitFor(() => expect(place.textContent).toContain('theory: 4'), 20_000)
  })
})
