import { activationsPanel } from './activations/index.ts'
import type { AnyPanel } from './contract.ts'

/**
 * The registry, for a document that names these panel types; only its first panel where no other is named, so that the
 * first page does not wait for experiments that it does not hold.
 */
export async function panelsFor(types: readonly string[]): Promise<readonly AnyPanel[]> {
  if (types.every((type) => type === activationsPanel.id)) return [activationsPanel]
  return (await import('./index.ts')).panels
}
