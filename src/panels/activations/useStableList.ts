import { useState } from 'react'

/** The list as it first was, for as long as its items are the same: an edit copies what it leaves alone, and parts can rest. */
export function useStableList<T>(list: readonly T[]): readonly T[] {
  const [kept, keep] = useState(list)
  if (kept.length === list.length && kept.every((item, i) => item === list[i])) return kept
  keep(list)
  return list
}
