import { useState } from 'react'
import { sameValue } from '../sameValue.ts'

/** The value as it first was, for as long as it stays equal: an edit copies what it leaves alone, and parts can rest. */
export function useStable<T>(value: T): T {
  const [kept, keep] = useState(value)
  if (sameValue(kept, value)) return kept
  keep(value)
  return value
}
