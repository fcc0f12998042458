/** Whether the page is in a tab that is shown; outside a browser it always is. */
export const pageIsVisible = (): boolean => typeof document === 'undefined' || document.visibilityState === 'visible'

/** Calls back when the tab is shown or hidden. */
export function onPageVisibility(listener: () => void): () => void {
  if (typeof document === 'undefined') return () => undefined
  document.addEventListener('visibilitychange', listener)
  return () => document.removeEventListener('visibilitychange', listener)
}
