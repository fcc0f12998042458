import { format } from 'd3-format'
import { shortNumber } from '../../charts/numberFormat.ts'

export type NumberText = { readonly write: (value: number) => string } | { readonly problem: string }

/** Before a percent sign a space, which keeps the two on one line: as in figures. */
const spaced = (text: string) => text.replace(/%$/, '\u00A0%')

/** How numbers are written: by d3's format mini-language, or with three significant digits. */
export function numberText(specifier: string | undefined): NumberText {
  if (specifier === undefined) return { write: (value) => shortNumber(value) }
  try {
    const write = format(specifier)
    return { write: (value) => (Number.isFinite(value) ? spaced(write(value)) : shortNumber(value)) }
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return { problem: `“${specifier}” is no number format; .2f and .1% are.` }
  }
}
