/** A token as it can be read in a line: its leading space as ␣, a line break as ⏎, nothing as ∅. */
export const tokenLabel = (token: string): string =>
  token === '' ? '∅' : token.replace(/^ /, '␣').replace(/\n/g, '⏎').replace(/\t/g, '⇥')
