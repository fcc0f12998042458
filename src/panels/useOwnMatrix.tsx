import { lazy, Suspense, useState, type ReactNode } from 'react'
import type { BringMatrix } from './MatrixDialog.tsx'
import type { MatrixLimit } from './matrixSource.ts'

const MatrixDialog = lazy(() => import('./MatrixDialog.tsx').then((module) => ({ default: module.MatrixDialog })))

export interface OwnMatrix {
  /** Asks for a matrix. */
  readonly ask: () => void
  /** Reads files that were dropped. */
  readonly bring: (files: readonly File[]) => void
  /** The dialog while it is open; it goes last into the panel. */
  readonly dialog: ReactNode
}

/** A dialog in which a person brings a matrix. */
export function useOwnMatrix(limit: MatrixLimit, bring: BringMatrix): OwnMatrix {
  const [asking, setAsking] = useState<{ readonly dropped: readonly File[] | null } | null>(null)
  return {
    ask: () => setAsking({ dropped: null }),
    bring: (dropped) => setAsking({ dropped }),
    dialog: asking && (
      <Suspense fallback={null}>
        <MatrixDialog {...asking} {...{ limit, bring }} close={() => setAsking(null)} />
      </Suspense>
    ),
  }
}
