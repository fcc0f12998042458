import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright'
import { describe, expect, it } from 'vitest'
import { encodeFragment } from '../../src/notebook/fragment.ts'
import { barsOf, logitOf, usePages } from './pages.ts'

const pages = usePages()

const two = `# Two panels

Sparsemax keeps :value[left.support.sparsemax] here.

\`\`\`softscope activations #left
logits: [2, 1, 0.5, -1]
variants: [softmax, sparsemax]
\`\`\`

\`\`\`softscope activations #right
logits: [1, 1, 0]
\`\`\`
`
const own = (text: string) => encodeFragment({ notebook: { text }, panels: [], theme: null })
/** Of {@link two}. */
const all = 7

/** The logits of all panels, once as many bars as that are drawn. */
async function logits(page: Page, count = all): Promise<number[]> {
  await barsOf(page)
    .nth(count - 1)
    .waitFor()
  return Promise.all((await barsOf(page).all()).map(logitOf))
}

/** The link as the Share dialog gives it. */
async function sharedLink(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Share' }).click()
  const link = await page.getByLabel('This page, as it is now').inputValue()
  await page.getByRole('button', { name: 'Close' }).click()
  return link
}

const pathOf = (link: string) => new URL(link).pathname.slice(1) + new URL(link).hash

describe('a shared link', () => {
  it('opens the same picture in another browser', async () => {
    const page = await pages.open(await own(two))
    await barsOf(page).first().press('ArrowUp')
    await barsOf(page).last().press('ArrowDown')
    const link = await sharedLink(page)
    const elsewhere = await pages.open(pathOf(link))
    expect(await logits(elsewhere)).toEqual(await logits(page))
    expect(await elsewhere.getByRole('status').first().textContent()).toBe('')
  })

  it('damaged in one panel opens with the other, and says which was lost', async () => {
    const page = await pages.open(await own(two))
    const before = await logits(page)
    await barsOf(page).first().press('ArrowUp')
    await barsOf(page).last().press('ArrowDown')
    const after = await logits(page)
    const link = await sharedLink(page)
    const broken = link.replace(/(\.pleft~.{4})./, (_, kept: string) => `${kept}!`)
    expect(broken).not.toBe(link)
    const elsewhere = await pages.open(pathOf(broken))
    expect(await logits(elsewhere)).toEqual([...before.slice(0, 4), ...after.slice(4)])
    expect(await elsewhere.getByText('the panel #left is cut or damaged').isVisible()).toBe(true)
    await elsewhere.getByRole('button', { name: 'Dismiss' }).click()
    expect(await elsewhere.getByText('the panel #left is cut or damaged').count()).toBe(0)
  })

  it('of a reload keeps what was changed', async () => {
    const page = await pages.open(await own(two))
    await barsOf(page).first().press('ArrowUp')
    const changed = await logits(page)
    await page.waitForURL(/\.pleft~/)
    await page.reload()
    expect(await logits(page)).toEqual(changed)
  })
})

describe('undo', () => {
  it('takes back a press of a key with Ctrl+Z, and gives it again with Shift+Ctrl+Z and the button', async () => {
    const page = await pages.open(await own(two))
    const before = await logits(page)
    await barsOf(page).first().press('ArrowUp')
    const after = await logits(page)
    expect(after).not.toEqual(before)
    await page.keyboard.press('Control+z')
    expect(await logits(page)).toEqual(before)
    await page.keyboard.press('Shift+Control+z')
    expect(await logits(page)).toEqual(after)
    await page.getByRole('button', { name: 'Undo' }).click()
    expect(await logits(page)).toEqual(before)
    expect(await page.getByRole('button', { name: 'Undo' }).isDisabled()).toBe(true)
  })

  it('takes back a change of the text, and leaves a text field its own keys', async () => {
    const page = await pages.open(await own(two))
    await logits(page)
    await page.getByRole('button', { name: 'Notebooks' }).click()
    await page.getByRole('button', { name: 'Edit the text' }).click()
    const field = page.getByLabel('The notebook in Markdown')
    await field.fill('# Another title\n\nNo panel.\n')
    await page.getByRole('button', { name: 'Apply' }).click()
    await page.getByRole('heading', { name: 'Another title' }).waitFor()
    expect(await page.title()).toBe('Another title · softscope')
    await page.keyboard.press('Control+z')
    await page.getByRole('heading', { name: 'Two panels' }).waitFor()
    expect(await logits(page)).toHaveLength(all)
  })
})

describe('the text of a notebook', () => {
  it('with a broken experiment says what is wrong while one writes, and the page keeps the author’s text', async () => {
    const page = await pages.open(await own(two))
    await page.getByRole('button', { name: 'Notebooks' }).click()
    await page.getByRole('button', { name: 'Edit the text' }).click()
    const field = page.getByLabel('The notebook in Markdown')
    await field.fill(two.replace('[2, 1, 0.5, -1]', 'none'))
    await page.getByText(/Line 5, #left: logits/).waitFor()
    await page.getByRole('button', { name: 'Apply' }).click()
    await page.getByText('logits: none').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('logits: none').waitFor({ state: 'detached' })
    expect(await logits(page)).toEqual([2, 1, 0.5, -1, 1, 1, 0])
  })

  it('is saved as Markdown with the panels as they are, and opens again from that file', async () => {
    const page = await pages.open(await own(two))
    await barsOf(page).first().press('ArrowUp')
    const changed = await logits(page)
    await page.getByRole('button', { name: 'Notebooks' }).click()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save as a file' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('two-panels.md')
    const text = await readFile(await download.path(), 'utf8')
    expect(text.split('\n').filter((line) => !line.startsWith('logits:'))).toEqual(
      two.split('\n').filter((line) => !line.startsWith('logits:')),
    )
    const other = await pages.open('#empty')
    await other.getByRole('button', { name: 'Notebooks' }).click()
    await other
      .getByLabel('Notebook file')
      .first()
      .setInputFiles({ name: 'two.md', mimeType: '', buffer: Buffer.from(text) })
    await other.getByRole('heading', { name: 'Two panels' }).waitFor()
    expect(await logits(other)).toEqual(changed)
  })

  it('gets another panel at its end from the menu of panels, and goes there', async () => {
    const page = await pages.open(await own(`# Mine\n${'\nOne more line.\n'.repeat(60)}`))
    await page.getByRole('heading', { name: 'Mine' }).waitFor()
    await page.getByRole('button', { name: 'Panels' }).click()
    await page.locator('.menu:popover-open').getByRole('button', { name: 'activations' }).click()
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('FIGURE')
    expect(await page.evaluate(() => scrollY)).toBeGreaterThan(500)
    expect(await logits(page, 2)).not.toEqual([])
  })
})

it('a file dropped on the page or on a panel opens, and one that is no notebook or no text says why', async () => {
  const page = await pages.open('#empty')
  await logits(page, 4)
  const drop = (name: string, bytes: number[], on = 'body') =>
    page.evaluate(
      ([fileName, content, target]) => {
        const dataTransfer = new DataTransfer()
        dataTransfer.items.add(new File([new Uint8Array(content)], fileName))
        const drop = new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true })
        document.querySelector(target)!.dispatchEvent(drop)
      },
      [name, bytes, on] as const,
    )
  await drop('row.csv', [...Buffer.from('1,2')])
  await page.getByText('row.csv is no notebook').waitFor()
  await drop('first.md', [...Buffer.from('# First\n')], '.activations')
  await page.getByRole('heading', { name: 'First' }).waitFor()
  await drop('dropped.md', [...Buffer.from('# Dropped\n')])
  await page.getByRole('heading', { name: 'Dropped' }).waitFor()
  await drop('broken.md', [0xff, 0xfe])
  await page.getByText('broken.md is not UTF-8 text').waitFor()
  expect(await page.getByRole('heading', { name: 'Dropped' }).isVisible()).toBe(true)
})
