import type { Locator, Page } from 'playwright'
import { describe, expect, it } from 'vitest'
import { encodeFragment } from '../../src/notebook/fragment.ts'
import { barsOf, logitOf as value, phone, usePages } from './pages.ts'

const pages = usePages()

const notebook = `# Four scores

Sparsemax keeps :value[bars.support.sparsemax]. At temperature :scrub[bars.variants.softmax.params.T]{min=0.1 max=5 label="temperature of softmax"} the first gets :value[bars.max.softmax]{format=".1%"}.

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
  const bars = barsOf(page)
  await bars.first().waitFor()
  return { page, bars }
}
const middle = async (bar: Locator) => {
  const { x, y, width, height } = (await bar.boundingBox())!
  return { x: x + width / 2, y: y + height / 2 }
}

describe('a bar', () => {
  it('follows the mouse up, and the text follows the bar', async () => {
    const { page, bars } = await open()
    const kept = page.locator('p .value').first()
    expect(await kept.textContent()).toBe('1')
    const second = bars.nth(1)
    const { x, y } = await middle(second)
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x, y - 20, { steps: 4 })
    await page.mouse.up()
    expect(await value(second)).toBeGreaterThan(1)
    await expect.poll(() => kept.textContent()).toBe('2')
    await page.getByRole('button', { name: 'Undo' }).click()
    expect(await value(second)).toBe(1)
    await expect.poll(() => kept.textContent()).toBe('1')
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

it('a number in the text can be dragged, and moves the panel and the other numbers', async () => {
  const { page } = await open()
  const scrub = page.getByRole('slider', { name: 'temperature of softmax' })
  const largest = page.locator('p .value').nth(1)
  expect(await largest.textContent()).toBe('60.9\u00A0%')
  const { x, y } = await middle(scrub)
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + 60, y, { steps: 4 })
  await page.mouse.up()
  expect(await value(scrub)).toBeGreaterThan(1)
  expect(parseFloat((await largest.textContent())!)).toBeLessThan(60.9)
})

describe('pasted numbers', () => {
  const paste = async (page: Page, text: string) => {
    await page.getByRole('button', { name: 'Paste data' }).click()
    await page.getByRole('textbox', { name: 'Numbers' }).fill(text)
    await page.getByRole('button', { name: 'Use these numbers' }).click()
  }

  it('take the place of the logits', async () => {
    const { page, bars } = await open()
    await paste(page, '3 1 2')
    await bars.nth(3).waitFor({ state: 'detached' })
    expect(await Promise.all((await bars.all()).map(value))).toEqual([3, 1, 2])
  })

  it('that are none leave the logits, and are told where they are wrong', async () => {
    const { page, bars } = await open()
    await paste(page, '3\nx1\n2')
    const problem = page.getByRole('alert')
    await problem.waitFor()
    expect(await problem.textContent()).toMatch(/line 2/i)
    await page.keyboard.press('Escape')
    expect(await Promise.all((await bars.all()).map(value))).toEqual([2, 1, 0.5, -1])
  })
})
