import type * as v from 'valibot'

import { choice, output, type Printed, text, texts } from './fields.ts'

export const schema = output({
  file: text('The file that was written, as it was given. Its mode is 0600.'),
  merged: texts('The kubeconfigs, as they were given.'),
  semantics: choice(['prow', 'kubectl', 'union'], 'How they were merged.'),
})

export type KubeconfigMergeJson = Printed<v.InferOutput<typeof schema>>

export const example: KubeconfigMergeJson = {
  version: 1,
  file: 'merged.yaml',
  merged: ['a.yaml', 'b.yaml'],
  semantics: 'prow',
}
