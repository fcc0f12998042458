import { expect, it } from 'vitest'
import { longWorkOn } from '../../src/app/EngineChoice.tsx'
import { engineStatus, idleStatus } from '../../src/engine/status.ts'

it('the page names no engine for long work while each figure chooses its own', () => {
  expect(longWorkOn(idleStatus('auto'))).not.toMatch(/CPU|WebAssembly|WebGPU/)
})

it('the page says which engine was chosen, and which stands in for one that failed', () => {
  expect(longWorkOn(idleStatus('wasm'))).toBe('WebAssembly, as you chose')
  const rungs = idleStatus('webgpu').rungs.map((rung) =>
    rung.id === 'webgpu' ? { ...rung, state: 'unavailable' as const } : rung,
  )
  expect(longWorkOn(engineStatus('webgpu', rungs))).toBe('WebAssembly, since your choice failed')
})
