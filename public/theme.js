// Before the first paint, so that a page set to dark never flashes white. src/app/theme.ts writes the setting.
try {
  const theme = localStorage.getItem('softscope:theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {
  // Storage is refused (a sandboxed frame, a strict browser): the computer's own setting decides.
}
