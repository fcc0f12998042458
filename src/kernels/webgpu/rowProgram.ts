import type { WebGPUProgram } from '../../engine/tf.ts'
import { rowReductions } from './reduce.ts'
import type { RowCode, RowKernel, StreamCode } from './rowOp.ts'
import { rowMemory, rowSetup, rowText, type Shape, type Stage } from './rowText.ts'
import { joinText, streamText } from './streamText.ts'

export type Direction = 'forward' | 'vjp'

/** How a kernel runs on a given device and kind of row. `segments` > 1 splits each row among that many workgroups. */
export interface Plan extends Shape {
  readonly segments: number
  /** Most quads that a lane may hold in registers. A row that fits is read once, however many passes an op makes. */
  readonly holds: number
}

/** Beyond this, a text that holds more quads takes a second to compile on an emulated GPU; it must have work to do. */
const quickHold = 8
const muchWork = 1 << 20

/** Quads a lane holds for such rows: a power of two, so that few texts serve all lengths; 0 if there is no holding them. */
export function heldBy({ lanes, holds }: Plan, rows: number, cols: number): number {
  const held = 2 ** Math.ceil(Math.log2(Math.ceil(cols / 4 / lanes)))
  return held <= (rows * cols < muchWork ? Math.min(holds, quickHold) : holds) ? held : 0
}

const largestDispatch = 65535

/** One dispatch of a row op. tfjs writes to a program as it runs it: make a new one for every run. */
export class RowProgram implements WebGPUProgram {
  readonly variableNames: string[]
  readonly variableComponents: number[]
  readonly outputShape: [number, number]
  readonly outputComponent: number
  // Not flat on purpose: tfjs then leaves `dispatch` alone, and rows are counted from it.
  readonly dispatchLayout = { x: [0], y: [1] }
  dispatch: [number, number, number]
  workgroupSize: [number, number, number]
  shaderKey: string
  readonly uniforms: string
  readonly #code: () => string

  /** @param inputs  names of the tensors it is run on: X, then C for a vjp, then Totals for the last stage of a split */
  constructor(
    name: string,
    { code, uniforms, variant = '' }: RowKernel,
    plan: Plan,
    stage: Stage,
    inputs: readonly string[],
    [rows, cols]: readonly [number, number],
  ) {
    const vec4 = cols % 4 === 0
    const held = stage === 'whole' ? heldBy(plan, rows, cols) : 0
    this.variableNames = [...inputs]
    this.variableComponents = this.variableNames.map((name) => (vec4 || name === 'Totals' ? 4 : 1))
    this.outputShape = stage === 'totals' ? [rows * plan.segments, 4] : [rows, cols]
    this.outputComponent = vec4 || stage === 'totals' ? 4 : 1
    const groups = stage === 'whole' ? Math.ceil(rows / plan.rows) : rows * plan.segments
    this.dispatch = gridOf(groups)
    this.workgroupSize = [plan.lanes * plan.rows, 1, 1]
    this.shaderKey = ['row', name, variant, plan.lanes, plan.rows, stage, vec4 ? 4 : 1, held].join(' ')
    this.uniforms = [...Object.keys(uniforms), 'segments'].map((uniform) => `${uniform} : f32, `).join('')
    this.#code = () => programText(code, plan, stage, vec4, inputs, held)
  }

  getUserCode(): string {
    return this.#code()
  }
}

/** Workgroups in x and y: a device takes 65,535 along each. The kernel counts rows and ignores the few too many. */
function gridOf(groups: number): [number, number, number] {
  const y = Math.ceil(groups / largestDispatch)
  return [Math.ceil(groups / y), y, 1]
}

/** True if a row of this op can be split among workgroups: it has totals, and needs nothing else first. */
export function canSplit(code: RowCode): code is StreamCode {
  return code.kind === 'stream' && code.before === undefined && code.a !== undefined
}

function programText(
  code: RowCode,
  shape: Shape,
  stage: Stage,
  vec4: boolean,
  inputs: readonly string[],
  held: number,
): string {
  const search = code.kind === 'search'
  return `
    ${rowMemory(
      vec4,
      inputs.filter((name) => name !== 'Totals'),
      stage !== 'totals',
    )}
    var<private> rate: f32;
    ${rowReductions(shape, { ...elementary, ...(search ? code.merges : { rowTotals: joinText(code) }) })}
    ${code.functions ?? ''}
    fn main() {
      ${rowSetup(shape, stage, vec4, held)}
      ${search ? code.body(rowText(shape, held)) : streamText(code, shape, stage, held)}
    }`
}

const elementary = { rowMax: 'max(a, b)', rowSum: 'a + b' }
