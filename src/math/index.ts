/** softscope/math: the float64 ground truth, without DOM or GPU. */
export * from './errors.ts'
export * from './normalizers/contract.ts'
export * from './normalizers/index.ts'
export * from './normalizers/params.ts'
export * from './normalizers/softmax.ts'
