import { akdeStdEstimator } from './akdeStd.ts'
import { akdeVarEstimator } from './akdeVar.ts'
import { binEdgesEstimator } from './binEdges.ts'
import { binFixedEstimator } from './binFixed.ts'
import { binRangeEstimator } from './binRange.ts'
import { binWidthEstimator } from './binWidth.ts'
import type { Estimator } from './contract.ts'
import { csQmiEstimator } from './csQmi.ts'
import { dvMineEstimator } from './dvMine.ts'
import { ebabEstimator } from './ebab.ts'
import { infonceEstimator } from './infonce.ts'
import { kdeLowerEstimator } from './kdeLower.ts'
import { kdeUpperEstimator } from './kdeUpper.ts'
import { klEntropyEstimator } from './klEntropy.ts'
import { klMiEstimator } from './klMi.ts'
import { ksg1Estimator } from './ksg1.ts'
import { ksg2Estimator } from './ksg2.ts'
import { mbeEstimator } from './mbe.ts'
import { nwjEstimator } from './nwj.ts'
import { pcaKsgEstimator } from './pcaKsg.ts'
import { pluginEstimator } from './plugin.ts'
import { pluginGridEstimator } from './pluginGrid.ts'
import { rossKnnEstimator } from './rossKnn.ts'
import { smileEstimator } from './smile.ts'
import { wklMiEstimator } from './wklMi.ts'

/** Every estimator, in the order menus show them. */
export const estimators: readonly Estimator[] = [
  binFixedEstimator,
  binEdgesEstimator,
  binRangeEstimator,
  binWidthEstimator,
  ebabEstimator,
  kdeUpperEstimator,
  kdeLowerEstimator,
  akdeStdEstimator,
  akdeVarEstimator,
  rossKnnEstimator,
  mbeEstimator,
  csQmiEstimator,
  ksg1Estimator,
  ksg2Estimator,
  klEntropyEstimator,
  klMiEstimator,
  wklMiEstimator,
  pcaKsgEstimator,
  pluginEstimator,
  pluginGridEstimator,
  infonceEstimator,
  dvMineEstimator,
  nwjEstimator,
  smileEstimator,
]

/** The estimator with this id, or undefined. */
export const estimatorById = (id: string): Estimator | undefined => estimators.find((entry) => entry.id === id)
