export { inBreaths } from '../../engine/inBreaths.ts'
