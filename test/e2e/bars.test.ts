import type { Locator, Page } from 'playwright'
import { describe, expect, it } from 'vitest'
import { encodeFragment } from '../../src/notebook/fragment.ts'
import { phone, usePages } from './pages.ts'

const pages = usePages()

const notebook = `# Four scores

Sparsemax keeps :value[bars.support.sparsemax], at temperature :scrub[bars.variants.softmax.params.T]{min=0.1 max=5}.

\`\`\`softscope activations #bars
logits: [2, 1, 0.5, -1]
variants: [softmax, sparsemax]
\`\`\`
`

async function open(options?: Parameters<typeof pages.open>[1]): Promise<{ page: Page; bars: Locator }> {
  const page = await pages.open(
    await encodeFragment({ notebook: { text: notebook }, panels: [], theme: null }),
    options,
  )
  const bars = page.getByRole('slider', { name: /logit/i })
  await bars.first().waitFor()
  return { page, bars }
}
const value = async (bar: Locator) => Number(await bar.getAttribute('aria-valuenow'))
const middle = async (bar: Locator) => {
  const { x, y, width, height } = (await bar.boundingBox())!
  return { x: x + width / 2, y: y + height / 2 }
}

describe('a bar', () => {
  it('follows the mouse up, and the text follows the bar', async () => {
    const { page, bars } = await open()
    const kept = page.getByText(/^1$/).first()
    expect(await kept.isVisible()).toBe(true)
    const second = bars.nth(1)
    const { x, y } = await middle(second)
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x, y - 20, { steps: 4 })
    await page.mouse.up()
    expect(await value(second)).toBeGreaterThan(1)
    await page.getByRole('button', { name: 'Undo' }).click()
    expect(await value(second)).toBe(1)
  })

  it('follows a finger', async () => {
    const { page, bars } = await open({ viewport: phone, hasTouch: true, isMobile: true })
    const second = bars.nth(1)
    await second.scrollIntoViewIfNeeded()
    const { x, y } = await middle(second)
    const client = await page.context().newCDPSession(page)
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', at: number) =>
      client.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y: at }] })
    await touch('touchStart', y)
    for (let step = 1; step <= 5; step++) await touch('touchMove', y - 6 * step)
    await touch('touchEnd', y - 30)
    expect(await value(second)).toBeGreaterThan(1)
  })

  it('follows the arrow keys, in larger steps with Shift and smaller ones with Alt', async () => {
    const { bars } = await open()
    const bar = bars.first()
    const steps: number[] = []
    for (const keys of ['ArrowUp', 'Shift+ArrowUp', 'Alt+ArrowUp']) {
      const before = await value(bar)
      await bar.press(keys)
      steps.push((await value(bar)) - before)
    }
    const [plain, coarse, fine] = steps
    expect(coarse!).toBeGreaterThan(plain!)
    expect(plain!).toBeGreaterThan(fine!)
    expect(fine!).toBeGreaterThan(0)
  })
})
