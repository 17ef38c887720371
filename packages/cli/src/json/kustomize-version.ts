import * as v from 'valibot'

import { choice, type Printed, text } from './fields.ts'

export const schema = v.strictObject({
  program: choice(['kustomize', 'kubectl'], 'The pinned program.'),
  programVersion: text('Its version.'),
  version: text(
    'The version of the kustomize that builds: that of the program, or of the one inside kubectl.',
  ),
})

export type KustomizeVersionJson = Printed<v.InferOutput<typeof schema>>

export const example: KustomizeVersionJson = {
  program: 'kubectl',
  programVersion: '1.34.2',
  version: '5.7.1',
}
