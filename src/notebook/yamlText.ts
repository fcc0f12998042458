import { isFields } from './fields.ts'

/** Words that some YAML version reads as something other than text. */
const notText = /^(true|false|null|yes|no|on|off|y|n|nan|inf|~)$/i
const plain = /^[A-Za-z][A-Za-z0-9_./-]*( [A-Za-z0-9_./-]+)*$/
const unprintable = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g

/** A plain value on one line, as an author would write it: `[2, 1, 0.5]`, `{ id: entmax, params: { alpha: 1.5 } }`. */
export function yamlText(value: unknown): string {
  if (typeof value === 'number') return numberText(value)
  if (typeof value === 'string') return stringText(value)
  if (Array.isArray(value)) return `[${value.map(yamlText).join(', ')}]`
  if (isFields(value)) {
    const entries = Object.entries(value).filter(([, each]) => each !== undefined)
    if (entries.length === 0) return '{}'
    return `{ ${entries.map(([key, each]) => `${stringText(key)}: ${yamlText(each)}`).join(', ')} }`
  }
  return value === true || value === false ? String(value) : 'null'
}

/** `key: value`; a list of objects gets a line for each. Lines end in \n, the last one excepted. */
export function yamlEntry(key: string, value: unknown, indent = ''): string {
  const name = `${indent}${stringText(key)}:`
  if (!Array.isArray(value) || !value.some(isFields)) return `${name} ${yamlText(value)}`
  return [name, ...value.map((each) => `${indent}  - ${yamlText(each)}`)].join('\n')
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return '.nan'
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf'
  return Object.is(value, -0) ? '-0' : String(value)
}

function stringText(value: string): string {
  if (plain.test(value) && !notText.test(value)) return value
  const hex = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`
  return JSON.stringify(value).replace(unprintable, hex)
}
