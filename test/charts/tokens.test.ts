import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync(new URL('../../src/charts/tokens.css', import.meta.url), 'utf8').replace(
  /\/\*[\s\S]*?\*\//g,
  '',
)

/** The declarations of every rule with exactly this selector, as written. */
function declared(selector: string): Map<string, string> {
  const rules = [...css.matchAll(/([^{};]+)\{([^{}]*)\}/g)].filter(([, head]) => head?.trim() === selector)
  return new Map(
    rules.flatMap(([, , body]) => [...body!.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map((m) => [m[1]!, m[2]!])),
  )
}

const shared = declared(':root')
const themes = {
  light: declared(":root,\n:root[data-theme='light']"),
  dark: declared(":root[data-theme='dark']"),
}
const families = ['exponential', 'sparse', 'rectified', 'unspent', 'polynomial', 'sampled']
const members = families.map((family) => [1, 2, 3, 4].map((member) => `--${family}-${member}`))

type Triple = readonly [number, number, number]

/** Linear sRGB of a token, `var()` followed. */
function linear(theme: Map<string, string>, name: string): Triple {
  const value = theme.get(name) ?? shared.get(name)
  const alias = /^var\((--[\w-]+)\)$/.exec(value ?? '')
  if (alias) return linear(theme, alias[1]!)
  const hex = /^#([0-9a-f]{6})$/.exec(value ?? '')
  if (!hex) throw new Error(`${name} is ${value}; expected #rrggbb`)
  const channel = (at: number) => {
    const c = parseInt(hex[1]!.slice(at, at + 2), 16) / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  }
  return [channel(0), channel(2), channel(4)]
}

/** WCAG 2.2, relative luminance and contrast ratio. */
function contrast(theme: Map<string, string>, one: string, other: string): number {
  const luminance = ([r, g, b]: Triple) => 0.2126 * r + 0.7152 * g + 0.0722 * b
  const [low, high] = [linear(theme, one), linear(theme, other)].map(luminance).sort((a, b) => a - b)
  return (high! + 0.05) / (low! + 0.05)
}

/** Distance in Oklab (Ottosson 2020); 0.02 is about a just noticeable difference side by side. */
function distance(theme: Map<string, string>, one: string, other: string): number {
  const oklab = ([r, g, b]: Triple): Triple => {
    const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    return [
      0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
      1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
      0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
    ]
  }
  const [a, b] = [oklab(linear(theme, one)), oklab(linear(theme, other))]
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])
}

const pairs = (names: readonly string[]) =>
  names.flatMap((one, i) => names.slice(i + 1).map((two) => [one, two] as const))

describe.each(Object.entries(themes))('the %s theme', (_, theme) => {
  it.each(['--paper', '--surface'])('has text of at least 4.5:1 on %s', (ground) => {
    const text = ['--ink', '--ink-soft', '--focus', '--alarm', ...families.map((family) => `--${family}`)]
    const weak = text.filter((name) => contrast(theme, name, ground) < 4.5)
    expect(weak).toEqual([])
  })

  it.each(['--paper', '--surface'])('has marks of at least 3:1 on %s', (ground) => {
    const marks = ['--bar-edge', '--focus', ...members.flat()]
    const weak = marks.filter((name) => contrast(theme, name, ground) < 3)
    expect(weak).toEqual([])
  })

  it('keeps the four members of a family at least 0.07 apart in Oklab, three times what is noticed side by side', () => {
    const close = members.flatMap(pairs).filter(([one, two]) => distance(theme, one, two) < 0.07)
    expect(close).toEqual([])
  })

  it('keeps the six families at least 0.07 apart in Oklab', () => {
    const close = pairs(families.map((family) => `--${family}`)).filter(
      ([one, two]) => distance(theme, one, two) < 0.07,
    )
    expect(close).toEqual([])
  })
})

it('the dark values for a computer set to dark are those of the switch', () => {
  expect(declared(":root:not([data-theme='light'])")).toEqual(themes.dark)
})

it('contrast reads #777777 on white as 4.48:1 (by hand: 1.05 / (0.1845 + 0.05))', () => {
  const greys = new Map([
    ['--a', '#777777'],
    ['--b', '#ffffff'],
  ])
  expect(contrast(greys, '--a', '--b')).toBeCloseTo(4.48, 2)
})
