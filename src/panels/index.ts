import { activationsPanel } from './activations/index.ts'
import { argmaxGeometryPanel } from './argmaxGeometry/index.ts'
import { apiLeakPanel } from './apiLeak/index.ts'
import { attentionPanel } from './attention/index.ts'
import type { AnyPanel } from './contract.ts'
import { ibCurvePanel } from './ibCurve/index.ts'
import { informationPlanePanel } from './informationPlane/index.ts'
import { rankPanel } from './rank/index.ts'
import { sinkTrainingPanel } from './sinkTraining/index.ts'

/** Every panel, in the order menus show them. */
export const panels: readonly AnyPanel[] = [
  activationsPanel,
  sinkTrainingPanel,
  attentionPanel,
  informationPlanePanel,
  ibCurvePanel,
  rankPanel,
  apiLeakPanel,
  argmaxGeometryPanel,
]

/** The panel with this id, or undefined. */
export const panelById = (id: string): AnyPanel | undefined => panels.find((panel) => panel.id === id)
