import { basename, dirname } from 'node:path'

import { KUSTOMIZATION_NAMES } from '@overlay-render/kustomize'
import { type Finding, isWithin } from '@overlay-render/system'

import type { Rule } from '../rule.ts'
import { longName } from './names.ts'
import { type RootSources, type SourceCheck, sourceExample } from './source-check.ts'

const NAME = 'orphan'
const HINT = 'list it where it belongs, make it an overlay, or remove it'
const deck = 'apiVersion: v1\nkind: Service\nmetadata: {name: deck}\n'

/** Bases, components and manifests that nothing uses. */
export const orphan: Rule<SourceCheck> = {
  name: NAME,
  severity: 'warning',
  doc: 'A base, a component or a manifest is used by no overlay, although others next to it are, and no other file of the tree uses it.',
  check: (check) => {
    // If a kustomization cannot be read, it is unknown what it uses.
    if (check.overlays.some(({ graph }) => graph.faults.some(({ code }) => code !== 'kustomization-missing')))
      return []
    const roots = outermost(check.unreached).filter((root) => isPart(root, check))
    const manifests = looseManifests(check)
    const named = check.mentioned([...roots.map(({ folder }) => folder), ...manifests].map(longName))
    return [
      ...roots.filter(({ folder }) => !named.has(longName(folder))).map((root) => aboutRoot(root, check)),
      ...manifests.filter((file) => !named.has(longName(file))).map((file) => aboutManifest(file, check)),
    ]
  },
  examples: {
    fires: [
      sourceExample('a component that no overlay lists', {
        'overlays/prod/kustomization.yaml': 'resources: [../../base]\n',
        'base/kustomization.yaml': 'resources: [deck.yaml]\n',
        'base/deck.yaml': deck,
        'components/proxy/kustomization.yaml':
          'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [deck.yaml]\n',
        'components/proxy/deck.yaml': deck,
      }),
      sourceExample('a base next to one that is used', {
        'overlays/prod/kustomization.yaml': 'resources: [../../bases/new]\n',
        'bases/new/kustomization.yaml': 'resources: [deck.yaml]\n',
        'bases/new/deck.yaml': deck,
        'bases/old/kustomization.yaml': 'resources: [deck.yaml]\n',
        'bases/old/deck.yaml': deck,
      }),
      sourceExample('a manifest next to those of a base', {
        'overlays/prod/kustomization.yaml': 'resources: [../../base]\n',
        'base/kustomization.yaml': 'resources: [manifests/deck.yaml]\n',
        'base/manifests/deck.yaml': deck,
        'base/manifests/hook.yaml': deck,
      }),
    ],
    silent: [
      sourceExample('a base, a component and a manifest that are listed', {
        'overlays/prod/kustomization.yaml': 'resources: [../../base]\ncomponents: [../../components/proxy]\n',
        'base/kustomization.yaml': 'resources: [deck.yaml]\n',
        'base/deck.yaml': deck,
        'components/proxy/kustomization.yaml':
          'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [hook.yaml]\n',
        'components/proxy/hook.yaml': deck,
      }),
      sourceExample('a root that a script deploys', {
        'overlays/prod/kustomization.yaml': 'resources: [../../base]\n',
        'base/kustomization.yaml': 'resources: [deck.yaml]\n',
        'base/deck.yaml': deck,
        'once/secrets/kustomization.yaml': 'resources: [deck.yaml]\n',
        'once/secrets/deck.yaml': deck,
        'README.md': 'Run `kubectl apply -k once/secrets` first.\n',
      }),
      sourceExample('a root that may be deployed by itself', {
        'overlays/prod/kustomization.yaml': 'resources: [../../manifests/base]\n',
        'manifests/base/kustomization.yaml': 'resources: [deck.yaml]\n',
        'manifests/base/deck.yaml': deck,
        'infra/kustomization.yaml': 'resources: [deck.yaml]\n',
        'infra/deck.yaml': deck,
      }),
      sourceExample('a file that is no manifest', {
        'overlays/prod/kustomization.yaml': 'resources: [../../base]\n',
        'base/kustomization.yaml': 'resources: [deck.yaml]\n',
        'base/deck.yaml': deck,
        'base/values.yaml': 'replicas: 2\n',
      }),
      sourceExample('manifests far from any base', {
        'overlays/prod/kustomization.yaml': 'resources: [../../base]\n',
        'base/kustomization.yaml': 'resources: [deck.yaml]\n',
        'base/deck.yaml': deck,
        'docs/example.yaml': deck,
      }),
    ],
  },
}

/** The roots that no other root uses. */
function outermost(roots: readonly RootSources[]): RootSources[] {
  const inner = new Set(
    roots.flatMap(({ folder, graph }) =>
      graph.roots.map(({ path }) => path).filter((path) => path !== folder),
    ),
  )
  return roots.filter(({ folder }) => !inner.has(folder))
}

/** Whether a root is meant to be part of others: a component, or a base next to bases in use. Any other root may be deployed by itself. */
function isPart({ folder, graph }: RootSources, check: SourceCheck): boolean {
  const [root] = graph.roots
  return root?.kind === 'Component' || basesOf(check).some((base) => dirname(base) === dirname(folder))
}

/** The folders of the roots that overlays use and that are not overlays. */
function basesOf({ overlays }: SourceCheck): string[] {
  const own = new Set(overlays.map(({ folder }) => folder))
  const reached = new Set(overlays.flatMap(({ graph }) => graph.roots.map(({ path }) => path)))
  return [...reached].filter((folder) => !own.has(folder))
}

/** The unused manifests in the folders of bases and components in use. */
function looseManifests(check: SourceCheck): string[] {
  const { overlays, unreached, files, isUsed, readText } = check
  const own = new Set([...overlays, ...unreached].map(({ folder }) => folder))
  const bases = basesOf(check)
  const isIn = (file: string, folders: Iterable<string>): boolean =>
    [...folders].some((folder) => isWithin(file, folder))
  return files.filter(
    (file) =>
      /\.ya?ml$/u.test(file) &&
      !isKustomization(file) &&
      isIn(file, bases) &&
      !isIn(file, own) &&
      !isUsed(file) &&
      isManifest(readText(file)),
  )
}

function isKustomization(file: string): boolean {
  return KUSTOMIZATION_NAMES.some((name) => name === basename(file))
}

function isManifest(text: string): boolean {
  return /^apiVersion:/mu.test(text) && /^kind:/mu.test(text)
}

function aboutRoot({ folder, graph }: RootSources, { shown }: SourceCheck): Finding {
  const [root] = graph.roots
  const what = root?.kind === 'Component' ? 'component' : 'base'
  return {
    rule: NAME,
    severity: 'warning',
    message: `no overlay uses the ${what} ${shown(folder)}`,
    object: shown(folder),
    position: { file: shown(root?.kustomization ?? folder), line: 1, column: 1 },
    hint: HINT,
  }
}

function aboutManifest(file: string, { shown }: SourceCheck): Finding {
  return {
    rule: NAME,
    severity: 'warning',
    message: `no kustomization lists the manifest ${shown(file)}`,
    object: shown(file),
    position: { file: shown(file), line: 1, column: 1 },
    hint: HINT,
  }
}
