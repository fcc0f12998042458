/** A number as JSON writes it, with every digit that tells it apart; Infinity, -Infinity and NaN as strings. */
export const numberJson = (value: number): string => (Number.isFinite(value) ? `${value}` : `"${value}"`)

/** A row of numbers. */
export function rowJson(row: ArrayLike<number>): string {
  let text = ''
  for (let i = 0; i < row.length; i++) text += i === 0 ? numberJson(row[i]!) : `,${numberJson(row[i]!)}`
  return `[${text}]`
}

/** Any result, with typed arrays as arrays and numbers as {@link numberJson} writes them. */
export function resultJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (ArrayBuffer.isView(part) && !(part instanceof DataView)) return Array.from(part as Float64Array)
    return typeof part === 'number' && !Number.isFinite(part) ? `${part}` : part
  })
}
