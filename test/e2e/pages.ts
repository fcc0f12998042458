import { chromium, type Browser, type BrowserContextOptions, type Locator, type Page } from 'playwright'
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest'
import { chromiumLaunch } from '../support/chromium.ts'

export const laptop = { width: 1280, height: 720 }
export const phone = { width: 390, height: 844 }
export const smallPhone = { width: 320, height: 640 }

/** The bars of every activations panel that is drawn, in the order of the page. */
export const barsOf = (page: Pick<Page, 'locator'>): Locator => page.locator('[role=slider][aria-orientation=vertical]')

/** The logit that a bar says it stands for. */
export const logitOf = async (bar: Locator): Promise<number> => Number(await bar.getAttribute('aria-valuenow'))

/** How long a panel's run may take on a slow machine; milliseconds. */
const patience = 45_000

/** Goes through the notebook until every panel of it has drawn its final result, and back to the top. */
export async function drawAll(page: Page): Promise<void> {
  const panels = page.locator('main figure.panel')
  await panels.first().waitFor()
  for (const panel of await panels.all()) {
    // A panel out of sight does not run, so each is waited for where it is seen.
    await panel.scrollIntoViewIfNeeded()
    await panel.locator('.panel-sentence').waitFor({ timeout: patience })
    await expect.poll(() => panel.locator('.panel-run, [data-stale]').count(), { timeout: patience }).toBe(0)
  }
  await page.evaluate(() => window.scrollTo(0, 0))
  await expect.poll(() => page.locator('main [data-stale]').count()).toBe(0)
}

export interface Pages {
  /** A page in a context of its own, on the built page at `path`; errors on it fail the test. */
  open(path?: string, options?: BrowserContextOptions): Promise<Page>
  /** A blank page, for a test that must listen before the first request. */
  blank(options?: BrowserContextOptions): Promise<Page>
}

/** One browser for the tests of a file; what a test opened is closed after it, and an error on a page fails it. */
export function usePages(): Pages {
  let browser: Browser
  const errors: string[] = []
  beforeAll(async () => {
    browser = await chromium.launch(chromiumLaunch())
  })
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()))
    expect(errors.splice(0)).toEqual([])
  })
  afterAll(() => browser.close())

  const blank = async (options: BrowserContextOptions = {}) => {
    const context = await browser.newContext({ viewport: laptop, reducedMotion: 'reduce', locale: 'en-GB', ...options })
    const page = await context.newPage()
    page.on('pageerror', (error) => errors.push(String(error)))
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
    return page
  }
  return {
    blank,
    async open(path = '', options) {
      const page = await blank(options)
      await page.goto(inject('page') + path)
      return page
    },
  }
}
