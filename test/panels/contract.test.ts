import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { dump, load } from 'js-yaml'
import { parse, safeParse } from 'valibot'
import { describe, expect, it } from 'vitest'
import { cpuSource } from '../../src/engine/cpuRung.ts'
import { createEngine } from '../../src/engine/engine.ts'
import { bytesSource } from '../../src/models/readers/byteSource.ts'
import type { AnyPanel, ComputeContext, PanelResult } from '../../src/panels/contract.ts'
import { panelById, panels } from '../../src/panels/index.ts'
import { openExperiment, salvageExperiment } from '../../src/panels/openExperiment.ts'

const context = (signal = new AbortController().signal): ComputeContext => ({
  engine: createEngine([cpuSource]),
  signal,
  progress: () => undefined,
  data: async () => null,
  // What the page serves.
  file: async (name) => ({ name, source: bytesSource(readFileSync(join('public', name))) }),
})

/** Times differ from run to run; nothing else may. */
const withoutTimes = (result: unknown): unknown =>
  JSON.parse(
    JSON.stringify(result, (key, value: unknown) =>
      /millisecond|seconds$|^msPerStep$/i.test(key)
        ? 0
        : ArrayBuffer.isView(value)
          ? Array.from(value as Float64Array)
          : value,
    ),
  )

async function firstResult(panel: AnyPanel): Promise<PanelResult> {
  const compute = await panel.compute()
  for await (const result of compute(panel.defaults, context())) return result
  throw new Error(`${panel.id} gave no result`)
}

/** Where a run stands at the end; the results on its way come by the clock. */
async function lastResult(panel: AnyPanel): Promise<PanelResult> {
  const compute = await panel.compute()
  let last: PanelResult | null = null
  for await (const result of compute(panel.defaults, context())) last = result
  if (last === null) throw new Error(`${panel.id} gave no result`)
  return last
}

it('there is a panel, and each is found by its id, which no other has', () => {
  expect(panels.length).toBeGreaterThan(0)
  for (const panel of panels) expect(panelById(panel.id)).toBe(panel)
})

describe.each(panels.map((panel) => [panel.id, panel] as const))('the panel %s', (id, panel) => {
  it('has an id that a notebook can write, a title, and one line that says what to try', () => {
    expect(id).toMatch(/^[a-z][a-z0-9-]*$/)
    expect(panel.title).not.toBe('')
    expect(panel.summary).toMatch(/^[^\n]+\.$/)
    expect(panel.sources.length).toBeGreaterThan(0)
  })

  it('has defaults that survive JSON and YAML', () => {
    expect(parse(panel.schema, panel.defaults)).toEqual(panel.defaults)
    expect(parse(panel.schema, JSON.parse(JSON.stringify(panel.defaults)))).toEqual(panel.defaults)
    expect(parse(panel.schema, load(dump(panel.defaults)))).toEqual(panel.defaults)
  })

  it('has presets that fit its schema, which changes nothing in what it gave', () => {
    for (const { label, experiment } of panel.presets) {
      const once = safeParse(panel.schema, { ...panel.defaults, ...experiment })
      expect({ label, problems: once.issues }).toEqual({ label, problems: undefined })
      expect({ label, again: parse(panel.schema, once.output) }).toEqual({ label, again: once.output })
    }
  })

  it('opens an experiment with a field it does not know, and says so; salvages one with a broken field', () => {
    const opened = openExperiment(panel, { 'no such field': 1 }, panel.version)
    expect('notices' in opened && opened.notices[0]).toMatch(/^no such field: /)
    const field = Object.keys(panel.defaults)[0]!
    const broken = Symbol('broken')
    const salvaged = salvageExperiment(panel, { [field]: broken }, panel.version)
    expect(salvaged.experiment).toEqual(panel.defaults)
    expect(salvaged.dropped.length).toBeGreaterThan(0)
  })

  it('gives the same last result for the same experiment, with a sentence and numbers', async () => {
    const result = await lastResult(panel)
    expect(result.sentence).toMatch(/^\p{L}.*[.?]$/su)
    expect(Object.keys(result.values).length).toBeGreaterThan(0)
    expect(withoutTimes(await lastResult(panel))).toEqual(withoutTimes(result))
  }, 180_000)

  it('gives a result that a worker can send', async () => {
    const result = await firstResult(panel)
    expect(structuredClone(result)).toEqual(result)
  }, 60_000)

  it('gives at most one more result after its signal has fired', async () => {
    const controller = new AbortController()
    const compute = await panel.compute()
    let after = 0
    let thrownUnasked: unknown = null
    try {
      for await (const _result of compute(panel.defaults, context(controller.signal))) {
        if (controller.signal.aborted) after++
        controller.abort()
      }
    } catch (error) {
      if (!controller.signal.aborted) thrownUnasked = error
    }
    expect(thrownUnasked).toBeNull()
    expect(after).toBeLessThanOrEqual(1)
  }, 60_000)
})
