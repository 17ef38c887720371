import * as v from 'valibot'

import { object, type Printed } from './fields.ts'
import { error } from './shared.ts'

export const schema = v.strictObject({
  error: object(error, 'What went wrong.'),
})

export type FaultJson = Printed<v.InferOutput<typeof schema>>

export const example: FaultJson = {
  error: {
    code: 'overlay-unknown',
    message: 'there is no overlay productoin',
    hint: 'did you mean production?',
  },
}
