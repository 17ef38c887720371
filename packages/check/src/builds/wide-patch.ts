import { formatId, type ResourceId } from '@overlay-render/golden'
import { type Finding, listSome } from '@overlay-render/system'

import type { Rule } from '../rule.ts'
import { type BuildCheck, patchExample, type PatchFact, selectedExample } from './build-check.ts'

const NAME = 'wide-patch'
/** Most objects that are listed. */
const MAX_SHOWN = 5

/** Patches whose target selects objects of several namespaces or kinds. */
export const widePatch: Rule<BuildCheck> = {
  name: NAME,
  severity: 'info',
  doc: 'The target of a patch leaves out its namespace or kind, and selects objects of more than one. An empty `namespace` is one that is left out.',
  check: ({ patches }) => patches.flatMap((patch) => findWide(patch) ?? []),
  examples: {
    fires: [
      patchExample('a target without a namespace, and objects in two', {
        target: { kind: 'Secret' },
        selected: [
          selectedExample('Secret', 'token', { namespace: 'prow' }),
          selectedExample('Secret', 'token', { namespace: 'jobs' }),
        ],
      }),
      patchExample('a target with an empty namespace', {
        target: { kind: 'Secret', namespace: '', name: '.*' },
        selected: [
          selectedExample('Secret', 'token', { namespace: 'prow' }),
          selectedExample('Secret', 'other'),
        ],
      }),
      patchExample('a target without a kind, and objects of two', {
        target: { name: 'deck' },
        selected: [selectedExample('Role', 'deck'), selectedExample('Service', 'deck')],
      }),
    ],
    silent: [
      patchExample('a target without a namespace, and all objects in one', {
        target: { kind: 'Secret' },
        selected: [
          selectedExample('Secret', 'a', { namespace: 'prow' }),
          selectedExample('Secret', 'b', { namespace: 'prow' }),
        ],
      }),
      patchExample('a namespace that is a pattern', {
        target: { kind: 'Secret', namespace: 'prow|jobs' },
        selected: [
          selectedExample('Secret', 'a', { namespace: 'prow' }),
          selectedExample('Secret', 'b', { namespace: 'jobs' }),
        ],
      }),
      patchExample('a patch without a target, which names its object itself', {
        selected: [selectedExample('Role', 'deck'), selectedExample('Role', 'deck', { namespace: 'jobs' })],
      }),
    ],
  },
}

function findWide({ name, object, position, target, selected = [] }: PatchFact): Finding | undefined {
  if (target === undefined) return undefined
  const ids = selected.map(({ id }) => id)
  const kinds = new Set(ids.map(({ kind }) => kind))
  const namespaces = new Set(ids.map(({ namespace }) => namespace || 'no namespace'))
  const { kind = '', namespace } = target
  const wideBy = [
    ...(kind === '' && kinds.size > 1 ? [`${kinds.size} kinds`] : []),
    ...((namespace ?? '') === '' && namespaces.size > 1 ? [`${namespaces.size} namespaces`] : []),
  ]
  if (wideBy.length === 0) return undefined
  const why = namespace === '' ? '`namespace: ""` selects every namespace' : undefined
  return {
    rule: NAME,
    // An empty namespace is most likely meant to select objects without a namespace.
    severity: why === undefined ? 'info' : 'warning',
    message: `${name} selects objects of ${wideBy.join(' and ')}: ${shown(ids)}${why === undefined ? '' : `; ${why}`}`,
    object,
    position,
    hint: 'name the kind and the namespace that are meant; a pattern such as prow|prow-jobs names several',
  }
}

function shown(ids: readonly ResourceId[]): string {
  return listSome(
    ids.map((id) => formatId(id)),
    MAX_SHOWN,
  )
}
