import { useEffect, useReducer } from 'react'

/** A number that goes up when the page's colours may have changed: a canvas, which cannot follow a CSS variable, draws again. */
export function useThemeChanges(): number {
  const [changes, count] = useReducer((changes: number) => changes + 1, 0)
  useEffect(() => {
    const query = matchMedia('(prefers-color-scheme: dark)')
    const observer = new MutationObserver(count)
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class', 'style'] })
    query.addEventListener('change', count)
    return () => {
      observer.disconnect()
      query.removeEventListener('change', count)
    }
  }, [])
  return changes
}
