import { createRoot } from 'react-dom/client'
import { parse } from 'valibot'
import { expect, it, onTestFinished, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { Engine } from '../../src/engine/contract.ts'
import type { ActivationsResult } from '../../src/panels/activations/result.ts'
import { compute } from '../../src/panels/activations/compute.ts'
import { schema } from '../../src/panels/activations/experiment.ts'
import { View } from '../../src/panels/activations/View.tsx'

const experiment = parse(schema, { logits: [1, 0], variants: ['softmax'], gpu: true })

const without: Engine = {
  status: () => ({
    choice: 'cpu',
    running: 'cpu',
    rungs: [
      {
        id: 'webgpu',
        state: 'unavailable',
        reason: 'there is no WebGPU here',
        device: null,
        software: false,
        nanosecondsPerEntry: null,
      },
    ],
  }),
  subscribe: () => () => undefined,
  choose: () => undefined,
  rows: () => Promise.reject(new Error('engine: webgpu cannot run this job')),
}

it('where there is no GPU, says so, and “Try again” makes the engine forget it, keeps its choice, and runs', async () => {
  let result: ActivationsResult | null = null
  const context = {
    engine: without,
    signal: new AbortController().signal,
    progress: () => undefined,
    data: async () => null,
    file: () => Promise.reject(new Error('no files here')),
  }
  for await (const each of compute(experiment, context)) result = each
  const asked: string[] = []
  const place = document.body.appendChild(document.createElement('div'))
  const root = createRoot(place)
  onTestFinished(() => {
    root.unmount()
    place.remove()
  })
  root.render(
    <View
      experiment={experiment}
      result={result}
      stale={false}
      status={{ state: 'done' }}
      edit={() => undefined}
      engine={{ ...without, choose: (choice) => void asked.push(choice) }}
      rerun={() => void asked.push('run')}
      stop={() => undefined}
      paused={false}
      pause={() => undefined}
      advance={() => undefined}
      readTable={() => Promise.reject(new Error('no files here'))}
      keepData={() => Promise.reject(new Error('no files here'))}
      keepFile={() => Promise.reject(new Error('no files here'))}
    />,
  )
  await vi.waitFor(() => expect(place.textContent).toContain('The GPU took no part: there is no WebGPU here.'))
  expect(place.querySelector('.gpu-strip')?.textContent).not.toContain('engine:')
  await userEvent.click(page.getByRole('button', { name: 'Try again' }))
  expect(asked).toEqual(['auto', 'cpu', 'run'])
})
