import * as v from 'valibot'

import { count, object, output, type Printed } from './fields.ts'

export const schema = output({
  removed: object(
    v.strictObject({ records: count('How many renders.'), bytes: count('Their size.') }),
    'What was removed.',
  ),
})

export type CacheClearJson = Printed<v.InferOutput<typeof schema>>

export const example: CacheClearJson = { version: 1, removed: { records: 12, bytes: 481236 } }
