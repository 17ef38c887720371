import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { pick } from '../../../../test/differential/draw.ts'
import type { Edit, EditSite } from './edit.ts'
import { named, writeText } from './file-edits.ts'

type Fields = Record<string, unknown>

/** An entry of a list that an edit adds or removes. */
type Entry = readonly [field: string, entry: unknown]

const OVERLAY_ENTRIES: readonly Entry[] = [
  ...[
    '../../base',
    '../../base/more',
    '../../../shared',
    '../a',
    'resources',
    'resources/one.yaml',
    'resources/two.yaml',
    'resources/deep/three.yaml',
    'configs/config.yaml',
  ].map((entry): Entry => ['resources', entry]),
  ['components', '../../components/one'],
  ['components', '../../components/two'],
  ['configMapGenerator', { name: 'cfg', files: ['configs/config/config.yaml'] }],
  ['configMapGenerator', { name: 'plg', files: ['p=configs/plugins/plugins.yaml'] }],
  ['configMapGenerator', { name: 'txt', files: ['texts/one.txt', 'k=texts/two.txt'] }],
  ['configMapGenerator', { name: 'case', files: ['texts/Two.txt', 'texts/two.txt'] }],
  ['configMapGenerator', { name: 'env', envs: ['texts/all.env'] }],
  ['configMapGenerator', { name: 'dir', files: ['texts'] }],
  ['configMapGenerator', { name: 'far', files: ['../../../files/config.yaml'] }],
  ['secretGenerator', { name: 'tok', files: ['secrets/token'] }],
  ['secretGenerator', { name: 'env', envs: ['secrets/all.env'] }],
  ['patches', { path: 'patches/one.yaml' }],
  ['patches', { path: 'patches/json.yaml', target: { kind: 'ConfigMap' } }],
  ['patchesStrategicMerge', 'patches/base.yaml'],
  ['generators', 'plugins/generator.yaml'],
  ['transformers', 'plugins/label.yaml'],
  ['transformers', 'plugins'],
  ['replacements', { path: 'plugins/replacement.yaml' }],
  ['configurations', 'plugins/names.yaml'],
]

const BASE_ENTRIES: readonly Entry[] = [
  ['resources', 'cm.yaml'],
  ['resources', 'more'],
  ['resources', '../../shared'],
  ['configMapGenerator', { name: 'based', files: ['cm.yaml'] }],
  ['components', '../components/one'],
  ['patchesStrategicMerge', '../components/one/patch.yaml'],
]

const RESOURCE_ENTRIES: readonly Entry[] = [
  ['resources', 'two.yaml'],
  ['resources', 'one.yaml'],
  ['resources', 'deep'],
  ['resources', 'deep/three.yaml'],
]

/** The kustomizations that are edited, and the entries of their lists. */
const KUSTOMIZATIONS: readonly (readonly [folder: string, entries: readonly Entry[]])[] = [
  ...['a', 'b', 'd', 'a', 'b', 'd'].map((name) => [`kustom/overlays/${name}`, OVERLAY_ENTRIES] as const),
  ...['a', 'b', 'd'].map((name) => [`kustom/overlays/${name}/resources`, RESOURCE_ENTRIES] as const),
  ['kustom/base', BASE_ENTRIES],
  ['kustom/base/more', BASE_ENTRIES],
  ['shared', BASE_ENTRIES],
  ['kustom/components/one', BASE_ENTRIES],
]

const SCALARS: readonly (readonly [field: string, values: readonly unknown[]])[] = [
  ['namePrefix', [undefined, 'x-', 'y-']],
  ['commonLabels', [undefined, { l: '1' }]],
  ['generatorOptions', [undefined, { disableNameSuffixHash: true }]],
]

/** Edits of what kustomizations name. */
export const KUSTOMIZATION_EDITS: readonly Edit[] = [
  toggleEntry,
  toggleEntry,
  toggleEntry,
  setScalar,
  formatAgain,
]

/** Adds an entry to a list of a kustomization, or removes it. */
function toggleEntry(site: EditSite): string {
  const [folder, entries] = pick(site.draw, KUSTOMIZATIONS)
  const [field, entry] = pick(site.draw, entries)
  return change(site, folder, `${field} ${JSON.stringify(entry)}`, (fields) => {
    const text = JSON.stringify(entry)
    const before: unknown[] = Array.isArray(fields[field]) ? fields[field] : []
    const rest = before.filter((other) => JSON.stringify(other) !== text)
    const { [field]: _list, ...others } = fields
    const list = rest.length < before.length ? rest : [...before, entry]
    return list.length === 0 ? others : { ...others, [field]: list }
  })
}

function setScalar(site: EditSite): string {
  const [folder] = pick(site.draw, KUSTOMIZATIONS)
  const [field, values] = pick(site.draw, SCALARS)
  const value = values[site.draw.below(values.length)]
  return change(site, folder, `${field} ${JSON.stringify(value)}`, (fields) => ({
    ...fields,
    [field]: value,
  }))
}

/** Moves the lines of a kustomization without another change. */
function formatAgain(site: EditSite): string {
  const [folder] = pick(site.draw, KUSTOMIZATIONS)
  return change(site, folder, 'format', (fields) => fields, pick(site.draw, [0, 2]))
}

function change(
  { top }: EditSite,
  folder: string,
  what: string,
  work: (fields: Fields) => Fields,
  indent = 0,
): string {
  const path = `${folder}/kustomization.yaml`
  return named(`${what} in ${path}`, () =>
    writeText(join(top, path), JSON.stringify(work(readFields(join(top, path))), undefined, indent)),
  )
}

/** The fields of a file that an edit wrote as JSON; none for other files. */
export function readFields(place: string): Fields {
  try {
    const value: unknown = JSON.parse(readFileSync(place, 'utf8'))
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch (error) {
    if (error instanceof SyntaxError) return {}
    throw error
  }
}
