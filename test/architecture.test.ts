import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { parseSync } from 'oxc-parser'
import { describe, expect, it } from 'vitest'

/** Who may import whom, besides itself. Change it in a commit of its own. */
const mayImport: Record<string, readonly string[]> = {
  math: [],
  charts: ['math'],
  kernels: ['math', 'engine/tf'],
  engine: ['math', 'kernels'],
  models: ['math', 'kernels', 'engine'],
  panels: ['math', 'engine', 'models', 'charts'],
  notebook: ['panels', 'engine', 'charts'],
  cli: ['panels', 'math', 'engine', 'models'],
  embed: ['notebook', 'panels', 'charts'],
  app: ['notebook', 'embed', 'panels', 'charts'],
}

/** Packages that a layer may name; a layer that is not listed may name any but tfjs. */
const mayName: Record<string, RegExp> = {
  math: /^(ml-|d3-polygon$|quickhull3d$)/,
  charts: /^(react(\/.*)?|react-dom|d3-[a-z]+)$/,
}

interface Import {
  readonly file: string
  readonly target: string
}

const source = resolve('src')

function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8')
  const { module, errors } = parseSync(file, text)
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`)
  const targets = [
    ...module.staticImports.map((entry) => entry.moduleRequest.value),
    ...module.staticExports.flatMap((entry) => entry.entries.map((each) => each.moduleRequest?.value)),
    ...module.dynamicImports.map(({ moduleRequest }) => text.slice(moduleRequest.start + 1, moduleRequest.end - 1)),
  ]
  return targets.filter((target) => target !== undefined).map((target) => ({ file, target }))
}

const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => join(source, name))
const imports = files.flatMap(importsOf)
const layerOf = (file: string) => relative(source, file).split('/')[0]!
const pathOf = ({ file, target }: Import) => relative(source, resolve(dirname(file), target.replace(/\?.*$/, '')))
const own = imports.filter(({ target }) => target.startsWith('.'))
const foreign = imports.filter(({ target }) => !target.startsWith('.'))
const spell = ({ file, target }: Import) => `${relative(source, file)} imports ${target}`

describe('the layers', () => {
  it('are read: more than ten modules and imports, and a folder for each rule', () => {
    expect(files.length).toBeGreaterThan(10)
    expect(own.length).toBeGreaterThan(10)
    expect(new Set(files.map(layerOf))).toEqual(new Set(files.map(layerOf).filter((layer) => layer in mayImport)))
  })

  it('import only the layers that the table allows', () => {
    const wrong = own.filter((each) => {
      const from = layerOf(each.file)
      const to = pathOf(each)
      const allowed = [from, ...(mayImport[from] ?? [])]
      return !allowed.some((layer) => to === layer || to.startsWith(`${layer}/`) || to.startsWith(`${layer}.`))
    })
    expect(wrong.map(spell)).toEqual([])
  })

  it('keep panels apart: none imports another', () => {
    const folder = (path: string) => /^panels\/([^/]+)\//.exec(path)?.[1]
    const wrong = own.filter((each) => {
      const from = folder(relative(source, each.file))
      const to = folder(pathOf(each))
      return from !== undefined && to !== undefined && from !== to
    })
    expect(wrong.map(spell)).toEqual([])
  })

  it('name tfjs in engine/tf.ts alone, and in math and charts only packages that suit them', () => {
    const wrong = foreign.filter(({ file, target }) => {
      if (target.startsWith('@tensorflow/')) return relative(source, file) !== 'engine/tf.ts'
      const allowed = mayName[layerOf(file)]
      return allowed !== undefined && !allowed.test(target)
    })
    expect(wrong.map(spell)).toEqual([])
  })
})
