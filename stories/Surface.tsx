import { useLayoutEffect, type ReactNode } from 'react'

export interface SurfaceProps {
  /** Pixels. */
  readonly width: number
  readonly theme?: 'light' | 'dark'
  readonly children: ReactNode
}

/** What a figure lies on: the surface of a panel, in either theme. */
export function Surface({ width, theme = 'light', children }: SurfaceProps) {
  useLayoutEffect(() => {
    document.documentElement.dataset['theme'] = theme
    return () => {
      delete document.documentElement.dataset['theme']
    }
  }, [theme])
  return (
    <div
      style={{
        width,
        maxWidth: '100%',
        padding: 16,
        boxSizing: 'border-box',
        background: 'var(--surface)',
        color: 'var(--ink)',
      }}
    >
      {children}
    </div>
  )
}
