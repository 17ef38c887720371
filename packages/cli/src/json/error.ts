import type * as v from 'valibot'

import { object, output, type Printed } from './fields.ts'
import { error } from './shared.ts'

export const schema = output({
  error: object(error, 'What went wrong.'),
})

export type FaultJson = Printed<v.InferOutput<typeof schema>>

export const example: FaultJson = {
  version: 1,
  error: {
    code: 'overlay-unknown',
    message: 'there is no overlay productoin',
    hint: 'did you mean production?',
  },
}
