import * as v from 'valibot'

import { count, output, type Printed, text } from './fields.ts'

export const schema = output({
  folder: text('Where renders are kept, absolute.'),
  records: count('How many there are.'),
  bytes: count('Their size.'),
  limit: count('The largest size, in bytes. The oldest renders are removed beyond it.'),
  remote: v.optional(text('Scheme, host and port of the remote cache. Absent without one.')),
  problem: v.optional(text('Why the folder cannot be used. Absent when it can.')),
})

export type CacheInfoJson = Printed<v.InferOutput<typeof schema>>

export const example: CacheInfoJson = {
  version: 1,
  folder: '/home/me/.cache/overlay-render/renders',
  records: 12,
  bytes: 481236,
  limit: 536870912,
}
