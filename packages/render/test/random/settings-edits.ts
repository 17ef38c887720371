import { join } from 'node:path'

import { pick } from '../../../../test/differential/draw.ts'
import type { Edit, EditSite } from './edit.ts'
import { named, writeText } from './file-edits.ts'
import { readFields } from './kustomization-edits.ts'

const FILE = 'kustom/overlay-render.yaml'

/** The settings that are edited: the path of keys, and its values; undefined removes the key. */
const SETTINGS: readonly (readonly [path: readonly string[], values: readonly unknown[]])[] = [
  [
    ['kustomize', 'version'],
    ['5.8.1', '4.5.4', 'v5.8.1'],
  ],
  [['secrets'], ['stub', { mode: 'stub', files: ['**/two.yaml'] }, { mode: 'stub', files: ['texts/'] }]],
  [
    ['configs', 'base'],
    ['../files', '../other', 'overlays/a/configs'],
  ],
  [
    ['configs', 'files'],
    [
      ['config/config.yaml', 'plugins/plugins.yaml'],
      ['config/config.yaml'],
      ['config.yaml', 'plugins/plugins.yaml'],
    ],
  ],
  [
    ['configs', 'allow'],
    [undefined, ['load'], ['load', 'env']],
  ],
  [
    ['configs', 'print'],
    [undefined, 'yq', 'preserve'],
  ],
  [
    ['configs', 'scripts'],
    [undefined, 'yq_scripts', 'scripts'],
  ],
  [
    ['overlays'],
    [
      undefined,
      ['overlays/*'],
      ['overlays/*', { path: 'plain', kind: 'folder' }],
      ['overlays/*', { path: 'plain', kind: 'folder', skip: ['two.yaml'], order: ['two.yaml'] }],
      ['overlays/*', '!overlays/d'],
      ['overlays/*', 'base'],
    ],
  ],
  [
    ['settings', 'b', 'extends'],
    [undefined, 'a', 'd'],
  ],
  [
    ['settings', 'd', 'extends'],
    [undefined, 'a', 'b'],
  ],
  ...['a', 'b'].flatMap((name) => [
    [
      ['settings', name, 'templates'],
      [
        undefined,
        [{ text: 'x: {{ y }}', to: 'resources/one.yaml' }],
        [{ from: 'templates/made.yaml', to: 'texts/one.txt' }],
        [{ text: '{{ y }}', to: '../../base/made.yaml' }],
      ],
    ] as const,
    [
      ['settings', name, 'values', 'y'],
      [1, '1', 2, { position: 1 }, { position: 2 }, null],
    ] as const,
    [
      ['settings', name, 'values', 'z'],
      [undefined, { file: 'plain/one.yaml', stub: 3 }, { env: 'HOME', stub: '4' }],
    ] as const,
    [
      ['settings', name, 'edits'],
      [
        undefined,
        [{ file: 'resources/one.yaml', expression: '.data.e = "1"' }],
        [{ file: '../../base/cm.yaml', expression: '.data.e = "2"' }],
        [{ file: 'resources/one.yaml', expression: '.data.e = load("resources/two.yaml").kind' }],
        [{ file: 'kustomization.yaml', expression: '.namePrefix = "e-"' }],
      ],
    ] as const,
  ]),
  // These change no output.
  [
    ['golden', 'path'],
    [undefined, 'golden', 'accepted'],
  ],
  [['rules'], [undefined, [{ rule: 'no-namespace', severity: 'off' }]]],
  [['prow'], [undefined, { jobs: ['jobs'] }]],
  [['helm'], [undefined, { version: '3.19.2' }]],
  [['vendor'], [undefined, { allow: ['example.com'] }]],
]

/** Edits of the workspace's configuration. */
export const SETTINGS_EDITS: readonly Edit[] = [setSetting, setSetting, setSetting, formatAgain]

function setSetting({ draw, top }: EditSite): string {
  const [path, values] = pick(draw, SETTINGS)
  const value = values[draw.below(values.length)]
  return named(`set ${path.join('.')} to ${JSON.stringify(value)}`, () => {
    const place = join(top, FILE)
    writeText(place, JSON.stringify({ version: 1, ...withValue(readFields(place), path, value) }))
  })
}

/** Moves the lines of the configuration without another change. */
function formatAgain({ draw, top }: EditSite): string {
  return named(`format ${FILE}`, () => {
    const place = join(top, FILE)
    writeText(place, JSON.stringify(readFields(place), undefined, pick(draw, [0, 2])))
  })
}

/** Removes the settings of an overlay, as one does when it is removed. */
export function removeSettings(top: string, name: string): void {
  const place = join(top, FILE)
  const { [name]: _removed, ...rest } = recordOf(readFields(place)['settings'])
  writeText(place, JSON.stringify({ ...readFields(place), settings: rest }))
}

function withValue(
  fields: Record<string, unknown>,
  [key = '', ...rest]: readonly string[],
  value: unknown,
): Record<string, unknown> {
  return { ...fields, [key]: rest.length === 0 ? value : withValue(recordOf(fields[key]), rest, value) }
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
