import { isMap, member, type Value, type ValueMap } from '@overlay-render/golden'
import type { Finding } from '@overlay-render/system'

import { entriesOfField, textOf } from '../jobs/repository.ts'
import { example, type ProwCheck, repositoryOf } from './prow-check.ts'
import type { Rule } from '@overlay-render/check'
import { globMatcher, matchesGlob } from './zglob.ts'

/** The size limit of a ConfigMap in bytes. */
const MAX_BYTES = 1024 * 1024

interface UpdaterMap {
  readonly glob: string
  readonly name: string
  readonly namespaces: readonly string[]
  readonly key: string
  readonly gzip: boolean
  readonly value: ValueMap
}

function mapsOfUpdater({ plugins, prow }: ProwCheck): { maps: UpdaterMap[]; holder: object | undefined } {
  const holder = member(member(plugins?.value, 'config_updater'), 'maps')
  const podNamespace = textOf(prow.config, 'prowjob_namespace') || 'default'
  const maps = entriesOfField(member(plugins?.value, 'config_updater'), 'maps').flatMap(([glob, value]) => {
    if (!isMap(value)) return []
    return [
      {
        glob,
        name: textOf(value, 'name'),
        key: textOf(value, 'key'),
        gzip: (member(value, 'gzip') ?? member(member(plugins?.value, 'config_updater'), 'gzip')) === true,
        namespaces: namespacesOf(value, podNamespace),
        value,
      },
    ]
  })
  return { maps, holder: isMap(holder) ? holder : undefined }
}

function namespacesOf(value: ValueMap, otherwise: string): string[] {
  const lists = entriesOfField(value, 'clusters').map(([, namespaces]) => namespaces)
  const found = lists.flatMap((list: Value) =>
    Array.isArray(list) ? list.filter((name) => typeof name === 'string') : [],
  )
  return found.length > 0 ? found : [textOf(value, 'namespace') || otherwise]
}

/** The problems of one map, by itself and together with earlier ones. */
function problems(
  map: UpdaterMap,
  earlier: readonly UpdaterMap[],
  input: ProwCheck,
): Omit<Finding, 'position'>[] {
  const found: Omit<Finding, 'position'>[] = []
  const say = (severity: Finding['severity'], message: string, hint: string): void => {
    found.push({ rule: 'config-updater', severity, message, hint })
  }
  const { repository } = input
  const files = repository?.files.filter(globMatcher(map.glob)) ?? []
  if (repository !== undefined && files.length === 0)
    say(
      'error',
      `${map.glob} matches no file of ${repository.name}`,
      'correct the path: the ConfigMap is never updated',
    )
  const size = files.reduce((total, path) => total + (repository?.sizeOf(path) ?? 0), 0)
  if (size > MAX_BYTES && !map.gzip)
    say(
      'error',
      `the files of ${map.glob} have ${(size / MAX_BYTES).toFixed(1)} MiB, above the limit of a ConfigMap (1 MiB)`,
      'set gzip: true, or split them',
    )
  const same = earlier.find((other) => isSameConfigMap(map, other))
  const shared = same === undefined ? undefined : sharedKey(map, same, repository?.files ?? [])
  if (same !== undefined && shared !== undefined)
    say(
      'error',
      `${map.glob} and ${same.glob} both write the key ${shared} of the ConfigMap ${map.name}`,
      'whichever is written last wins: give one a key of its own',
    )
  for (const overlay of input.overlays) {
    for (const { namespace, name, base } of overlay.patchedConfigMaps) {
      if (name !== map.name || !map.namespaces.includes(namespace) || !matchesGlob(map.glob, base)) continue
      say(
        'error',
        `${base} overwrites the ConfigMap ${namespace}/${name}, which the overlay ${overlay.name} renders with a patch script`,
        'config_updater writes the unpatched base: remove the map, or the patch script',
      )
    }
  }
  return found
}

function isSameConfigMap(a: UpdaterMap, b: UpdaterMap): boolean {
  return a.name === b.name && b.namespaces.some((name) => a.namespaces.includes(name))
}

/** A key that both maps write to a ConfigMap. */
function sharedKey(map: UpdaterMap, other: UpdaterMap, files: readonly string[]): string | undefined {
  const keysOf = ({ glob, key }: UpdaterMap): string[] =>
    files.filter(globMatcher(glob)).map((path) => key || path.slice(path.lastIndexOf('/') + 1))
  const keys = new Set(keysOf(other))
  return keysOf(map).find((key) => keys.has(key))
}

/** Problems in the settings of the updateconfig plugin. */
export const configUpdater: Rule<ProwCheck> = {
  name: 'config-updater',
  severity: 'error',
  doc: 'A map of config_updater matches no file, is too large, or overwrites an object that something else writes.',
  check(input) {
    const { maps, holder } = mapsOfUpdater(input)
    return maps.flatMap((map, index) =>
      problems(map, maps.slice(0, index), input).map((finding) => ({
        ...finding,
        position: holder === undefined ? undefined : input.prow.origins.positionOfField(holder, map.glob),
      })),
    )
  },
  examples: {
    fires: [
      example(
        'a missing file',
        { plugins: 'config_updater: {maps: {"prow/config.yml": {name: config}}}' },
        { repository: repositoryOf('o/r', { 'prow/config.yaml': 1 }) },
      ),
      example(
        'more than a ConfigMap holds',
        { plugins: 'config_updater: {maps: {"jobs/**/*.yaml": {name: job-config}}}' },
        { repository: repositoryOf('o/r', { 'jobs/a/b.yaml': 2_000_000 }) },
      ),
      example(
        'a duplicate key',
        { plugins: 'config_updater: {maps: {"a/*.yaml": {name: c}, "b/*.yaml": {name: c}}}' },
        {
          repository: repositoryOf('o/r', { 'a/x.yaml': 1, 'b/x.yaml': 1 }),
        },
      ),
      example(
        'a patched ConfigMap',
        {
          plugins:
            'config_updater: {maps: {"files/config.yaml": {name: config, clusters: {default: [prow]}}}}',
        },
        {
          repository: repositoryOf('o/r', { 'files/config.yaml': 1 }),
          overlays: [
            {
              name: 'prod',
              inputs: [],
              patchedConfigMaps: [{ namespace: 'prow', name: 'config', base: 'files/config.yaml' }],
            },
          ],
        },
      ),
    ],
    silent: [
      example(
        'gzip',
        { plugins: 'config_updater: {maps: {"jobs/**/*.yaml": {name: job-config, gzip: true}}}' },
        { repository: repositoryOf('o/r', { 'jobs/b.yaml': 2_000_000 }) },
      ),
      example(
        'another namespace',
        {
          plugins:
            'config_updater: {maps: {"a/*.yaml": {name: c, namespace: x}, "b/*.yaml": {name: c, namespace: y}}}',
        },
        {
          repository: repositoryOf('o/r', { 'a/x.yaml': 1, 'b/x.yaml': 1 }),
        },
      ),
      example('no repository', { plugins: 'config_updater: {maps: {"x": {name: config}}}' }),
    ],
  },
}
