/** What a token is called: its name, or its number from 0. */
export const nameOf = (token: number, names: readonly string[] | null): string => names?.[token] || String(token)

/** Names in words: all of few, the first of many. */
export function listed(tokens: readonly number[], names: readonly string[] | null, most = 12): string {
  const shown = tokens.slice(0, tokens.length > most ? most - 2 : most).map((token) => nameOf(token, names))
  const rest = tokens.length - shown.length
  if (rest > 0) return `${shown.join(', ')} and ${rest.toLocaleString('en-US')} more`
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}

export const plural = (n: number, thing: string): string =>
  `${n.toLocaleString('en-US')} ${n === 1 ? thing : `${thing}s`}`
