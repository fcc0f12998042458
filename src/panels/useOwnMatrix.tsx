import { lazy, Suspense, useState, type ReactNode } from 'react'
import type { Keeper } from './bringMatrix.ts'
import type { MatrixReference } from './matrixFields.ts'
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

/**
 * A dialog in which a person brings a matrix.
 * @param before  what the experiment names now
 * @param take  is given the fields that name what was brought
 */
export function useOwnMatrix(
  before: MatrixReference,
  keeper: Keeper,
  limit: MatrixLimit,
  take: (fields: MatrixReference) => void,
): OwnMatrix {
  const [asking, setAsking] = useState<{ readonly dropped: readonly File[] | null } | null>(null)
  return {
    ask: () => setAsking({ dropped: null }),
    bring: (dropped) => setAsking({ dropped }),
    dialog: asking && (
      <Suspense fallback={null}>
        <MatrixDialog {...asking} {...{ before, keeper, limit, take }} close={() => setAsking(null)} />
      </Suspense>
    ),
  }
}
