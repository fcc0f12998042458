import { rowOpOf } from '../../../kernels/index.ts'
import type { HeadNormalizer } from '../forward.ts'

/** Composed of two operations of tfjs: it needs no kernel of its own. */
export const reluN = 'relu-n'

/** Null, or why one of these normalizers cannot run on a GPU. Loads no tfjs. */
export function refusedRows(normalizers: Iterable<HeadNormalizer>): string | null {
  for (const { entry, params } of normalizers) {
    if (entry.id === reluN) continue
    const op = rowOpOf(entry.id)
    const reason = op ? (op.refuses?.(params) ?? null) : `there is no kernel for ${entry.id}`
    if (reason !== null) return reason
  }
  return null
}
