import { useState } from 'react'
import { applyTheme, keptTheme, themes, type Theme } from './theme.ts'

const words: Record<Theme, string> = { auto: 'Like this computer', light: 'Light', dark: 'Dark' }

/** Light, dark, or as the computer is set; remembered. */
export function ThemeChoice() {
  const [theme, setTheme] = useState(keptTheme)
  return (
    <fieldset className="choices">
      <legend>Colours</legend>
      {themes.map((each) => (
        <label key={each}>
          <input
            type="radio"
            name="theme"
            checked={theme === each}
            onChange={() => {
              setTheme(each)
              applyTheme(each)
            }}
          />
          {words[each]}
        </label>
      ))}
    </fieldset>
  )
}
