import { useEffect, useState, type ComponentType } from 'react'
import type { AnyPanel, PanelResult, PanelViewProps } from '../../panels/contract.ts'

type View = ComponentType<PanelViewProps<Record<string, unknown>, PanelResult>>
type Loading = { readonly View: View | null; readonly problem: string | null }

/** A panel's view, loaded when it is first wanted. `retry` asks for it again after a failure. */
export function useView(panel: AnyPanel, wanted: boolean): Loading & { readonly retry: () => void } {
  const [loading, setLoading] = useState<Loading>({ View: null, problem: null })
  const [attempt, setAttempt] = useState(0)
  useEffect(() => {
    if (!wanted) return
    let gone = false
    panel.view().then(
      (View) => !gone && setLoading({ View, problem: null }),
      (error: unknown) => {
        if (!gone) setLoading({ View: null, problem: error instanceof Error ? error.message : String(error) })
      },
    )
    return () => {
      gone = true
    }
  }, [panel, wanted, attempt])
  const retry = () => {
    setLoading({ View: null, problem: null })
    setAttempt((before) => before + 1)
  }
  return { ...loading, retry }
}
