import type * as v from 'valibot'

import { choice, output, type Printed, text } from './fields.ts'

export const schema = output({
  program: choice(['kustomize', 'kubectl'], 'The pinned program.'),
  programVersion: text('Its version.'),
  kustomizeVersion: text(
    'The version of the kustomize that builds: that of the program, or of the one inside kubectl.',
  ),
})

export type KustomizeVersionJson = Printed<v.InferOutput<typeof schema>>

export const example: KustomizeVersionJson = {
  version: 1,
  program: 'kubectl',
  programVersion: '1.34.2',
  kustomizeVersion: '5.7.1',
}
