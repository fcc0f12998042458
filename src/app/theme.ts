import { keepPreference, readPreference } from './preference.ts'

export const themes = ['auto', 'light', 'dark'] as const
/** `auto` follows the computer. */
export type Theme = (typeof themes)[number]

const isTheme = (value: string | null): value is Theme => themes.some((theme) => theme === value)

/** The theme chosen on this computer before; `auto` if none was. */
export function keptTheme(): Theme {
  const kept = readPreference('theme')
  return isTheme(kept) ? kept : 'auto'
}

/** Sets the page's colours at once, and remembers them. */
export function applyTheme(theme: Theme): void {
  keepPreference('theme', theme === 'auto' ? null : theme)
  if (theme === 'auto') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
}
