/** Small settings that outlive the page where the browser allows it; a refusal costs the memory, never the page. */

/** The kept value, or null where there is none or storage is refused (a sandboxed frame throws at the first touch). */
export function readPreference(name: string): string | null {
  try {
    return localStorage.getItem(`softscope:${name}`)
  } catch {
    return null
  }
}

/** Keeps the value; null forgets it. False where storage is refused or full. */
export function keepPreference(name: string, value: string | null): boolean {
  try {
    if (value === null) localStorage.removeItem(`softscope:${name}`)
    else localStorage.setItem(`softscope:${name}`, value)
    return true
  } catch {
    return false
  }
}
