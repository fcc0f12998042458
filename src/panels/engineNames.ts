/** What a model may be told to run on, as people read it. */
export const engineNames = [
  { id: 'auto', label: 'the fastest here' },
  { id: 'webgpu', label: 'WebGPU, float32' },
  { id: 'wasm', label: 'WebAssembly, float32' },
  { id: 'cpu', label: 'TypeScript, float64' },
] as const
