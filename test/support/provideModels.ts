import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Weights that are not kept here, by path, in base64; those that were not found are missing. */
    models: Readonly<Record<string, string>>
  }
}

const wanted = [
  'stories260K/stories260K.bin',
  'stories260K/stories260K.f16.safetensors',
  'stories260K/config.json',
  'bbm-toy/bbm_softmax_s1.bin',
  'bbm-toy/bbm_softpick_s1.bin',
  'gpt-nano-sort/gpt-nano-sort-model.json',
]

/** Hands weights of other people to tests that run in a browser: from SOFTSCOPE_MODELS, else from beside the project. */
export default function provideModels({ provide }: TestProject): void {
  const folder = process.env['SOFTSCOPE_MODELS'] ?? join('..', 'shared', 'models')
  const found = wanted.filter((path) => existsSync(join(folder, path)))
  provide('models', Object.fromEntries(found.map((path) => [path, readFileSync(join(folder, path), 'base64')])))
}
