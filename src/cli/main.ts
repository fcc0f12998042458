import { normalizers } from '../math/index.ts'

for (const { id } of normalizers) console.log(id)
