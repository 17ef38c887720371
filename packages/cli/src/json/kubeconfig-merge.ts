import * as v from 'valibot'

import { choice, type Printed, text, texts } from './fields.ts'

export const schema = v.strictObject({
  file: text('The file that was written, as it was given. Its mode is 0600.'),
  merged: texts('The kubeconfigs, as they were given.'),
  semantics: choice(['prow', 'kubectl', 'union'], 'How they were merged.'),
})

export type KubeconfigMergeJson = Printed<v.InferOutput<typeof schema>>

export const example: KubeconfigMergeJson = {
  file: 'merged.yaml',
  merged: ['a.yaml', 'b.yaml'],
  semantics: 'prow',
}
