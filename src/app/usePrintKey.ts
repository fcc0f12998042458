import { useEffect } from 'react'

/** What is not on paper yet: a panel without its result, a formula that is not set. */
const unfinished = 'main :is(.panel:not(:has(.panel-sentence, .panel-failed, .panel-broken)), .panel-run, .tex-source)'
/** How long the printing waits for it; milliseconds. */
const patience = 5000

/** Draws what lies off the screen, which a browser that prints does not wait for, and prints then. */
async function printWhole(): Promise<void> {
  window.dispatchEvent(new Event('beforeprint'))
  const until = performance.now() + patience
  while (document.querySelector(unfinished) && performance.now() < until)
    await new Promise((resolve) => setTimeout(resolve, 50))
  // Results draw in the frame after they come.
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)))
  window.print()
}

/** Ctrl+P, or ⌘P: the browser's own printing, once the page is whole. */
export function usePrintKey(): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const held = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey
      if (!held || event.key.toLowerCase() !== 'p' || event.defaultPrevented) return
      event.preventDefault()
      void printWhole()
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
}
