import * as v from 'valibot'

import { count, object, type Printed } from './fields.ts'

export const schema = v.strictObject({
  removed: object(
    v.strictObject({ records: count('How many renders.'), bytes: count('Their size.') }),
    'What was removed.',
  ),
})

export type CacheClearJson = Printed<v.InferOutput<typeof schema>>

export const example: CacheClearJson = { removed: { records: 12, bytes: 481236 } }
