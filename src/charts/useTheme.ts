import { useSyncExternalStore } from 'react'

const dark = '(prefers-color-scheme: dark)'

function subscribe(listener: () => void): () => void {
  const query = matchMedia(dark)
  const observer = new MutationObserver(listener)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class', 'style'] })
  query.addEventListener('change', listener)
  return () => {
    observer.disconnect()
    query.removeEventListener('change', listener)
  }
}

/** A word that changes with the page's colours: a canvas, which cannot follow a CSS variable, draws again. */
export const useTheme = (): string =>
  useSyncExternalStore(
    subscribe,
    () => `${document.documentElement.dataset['theme'] ?? ''} ${matchMedia(dark).matches}`,
  )
