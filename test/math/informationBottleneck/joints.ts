import { jointFrom, type Joint } from '../../../src/math/informationBottleneck/joint.ts'
import { fromRows } from '../../../src/math/linalg/matrix.ts'

/** x says nothing of y. */
export const independent: Joint = jointFrom(
  fromRows([
    [1, 2],
    [2, 4],
  ]),
)
