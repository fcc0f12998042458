import type { Root } from 'react-dom/client'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { rankPanel } from '../../src/panels/rank/index.ts'
import { LivePanel } from '../../stories/panels/LivePanel.tsx'
import { mounted } from './mounted.ts'

let root: Root
let place: HTMLElement
beforeEach(() => {
  ;({ place, root } = mounted())
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

describe('on a narrow page', () => {
  it.each([3, 24, 90])(
    'the name of theory’s rank %d stands on no number of the axis, and in the figure',
    async (hidden) => {
      root.render(<LivePanel panel={rankPanel} experiment={{ hidden, view: 'logits' }} width={288} />)
      const name = await vi.waitFor(() => {
        const found = [...place.querySelectorAll('.rule-label')].find(
          (each) => each.textContent === `theory: ${hidden}`,
        )
        expect(found).toBeDefined()
        return found!.getBoundingClientRect()
      }, 20_000)
      const svg = place.querySelector('svg')!
      const numbers = [...svg.querySelectorAll('.axis text')].map((each) => each.getBoundingClientRect())
      expect(numbers.length).toBeGreaterThan(5)
      const meets = (box: DOMRect) =>
        box.left < name.right && name.left < box.right && box.top < name.bottom && name.top < box.bottom
      expect(numbers.filter(meets)).toEqual([])
      expect(name.right).toBeLessThan(svg.getBoundingClientRect().right)
    },
  )
})

it('of a matrix of zeros it is said that nothing drops, and no number is missing', async () => {
  root.render(<LivePanel panel={rankPanel} experiment={{ file: zeros(), view: 'logits' }} />)
  await vi.waitFor(() => expect(place.textContent).toContain('Every entry is 0: nothing drops.'), 20_000)
  expect(place.querySelector('.rank-decisions')?.textContent).not.toContain('–')
})
const zeros = () => URL.createObjectURL(new Blob(['0,0,0\n0,0,0\n0,0,0\n']))

it('the largest gap of a mixture of softmaxes is said to be from the common level', async () => {
  root.render(<LivePanel panel={rankPanel} experiment={{ layer: 'mixture-of-softmaxes' }} />)
  await vi.waitFor(() => expect(place.textContent).toContain('largest gap: 1, the common level'), 20_000)
})
