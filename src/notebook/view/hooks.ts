import { useEffect, useState, useSyncExternalStore, type RefCallback } from 'react'
import type { StoreApi } from 'zustand/vanilla'
import type { CellRunner, RunState } from '../cellRunner.ts'
import type { LivePanel, PanelInstance } from '../instance.ts'

type Readable<S> = Pick<StoreApi<S>, 'getState' | 'subscribe'>

/** A store's state; the component draws again when it changes. */
export function useStoreState<S>(store: Readable<S>): S {
  return useSyncExternalStore(store.subscribe, store.getState, store.getState)
}

const nothing: Readable<null> = { getState: () => null, subscribe: () => () => undefined }

/** A panel's experiment and results where there are any; for the text that refers to them. */
export function useLivePanel(instance: PanelInstance | undefined): LivePanel | null {
  return useStoreState<{ live: LivePanel | null } | null>(instance ?? nothing)?.live ?? null
}

export function useExperiment(live: LivePanel | null): Record<string, unknown> | null {
  const store: Readable<{ readonly experiment: Record<string, unknown> } | null> = live?.experiments ?? nothing
  return useStoreState(store)?.experiment ?? null
}

export function useRun(live: LivePanel | null): RunState | null {
  return useStoreState<RunState | null>(live?.runner ?? nothing)
}

/**
 * True while the element is on the screen or within `margin` pixels of it, and while the page is printed, which shows
 * all of it; true where a browser cannot tell.
 */
export function useNear(element: HTMLElement | null, margin: number): boolean {
  const [near, setNear] = useState(typeof IntersectionObserver === 'undefined')
  const [printed, setPrinted] = useState(false)
  useEffect(() => {
    if (!element || typeof IntersectionObserver === 'undefined') return
    const observer = new IntersectionObserver((entries) => setNear(entries.at(-1)?.isIntersecting === true), {
      rootMargin: `${margin}px`,
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [element, margin])
  useEffect(() => {
    const listeners = new AbortController()
    const { signal } = listeners
    window.addEventListener('beforeprint', () => setPrinted(true), { signal })
    window.addEventListener('afterprint', () => setPrinted(false), { signal })
    return () => listeners.abort()
  }, [])
  return near || printed
}

/** Asks a panel for results while the element that takes the ref is near the screen. */
export function useResultsWhenSeen(runner: CellRunner | undefined): RefCallback<HTMLElement> {
  const [element, setElement] = useState<HTMLElement | null>(null)
  const near = useNear(element, 200)
  useEffect(() => (near ? runner?.want() : undefined), [near, runner])
  return setElement
}

/** True from the first time that `now` was. */
export function useOnce(now: boolean): boolean {
  const [ever, setEver] = useState(now)
  if (now && !ever) setEver(true)
  return ever || now
}
