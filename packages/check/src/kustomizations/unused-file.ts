import { basename } from 'node:path'

import { isWithin } from '@overlay-render/system'

import type { Rule } from '../rule.ts'
import { longName } from './names.ts'
import { type SourceCheck, sourceExample } from './source-check.ts'

const NAME = 'unused-file'

/** Files for people and tools, which no kustomization reads. */
const NOT_INPUT =
  /^(?:readme|owners|license|notice|changelog|contributing|makefile|dockerfile|containerfile)|\.(?:md|txt|adoc|rst|sh|bash|py|js|ts|go|rb|j2|tmpl|tpl|svg|png|jpe?g|gif|pub|sum|mod)$/iu

const uses = 'resources: [deck.yaml]\n'
const deck = 'apiVersion: v1\nkind: Service\nmetadata: {name: deck}\n'

/** Files in the folder of an overlay that nothing uses. */
export const unusedFile: Rule<SourceCheck> = {
  name: NAME,
  severity: 'warning',
  doc: 'A file in the folder of an overlay is read by no overlay, and no other file of the tree uses it.',
  check: (check) => {
    const { overlays, unreached, files, isUsed, mentioned, shown } = check
    const roots = [...overlays.map(({ folder }) => folder), ...unreached.map(({ folder }) => folder)]
    // If a kustomization cannot be read, it is unknown what it uses.
    const known = overlays.filter(({ graph }) => graph.faults.length === 0 && graph.roots.length > 0)
    const candidates = files.filter((file) => {
      const folder = nearest(file, roots)
      return (
        known.some((overlay) => overlay.folder === folder) && !isUsed(file) && !NOT_INPUT.test(basename(file))
      )
    })
    const named = mentioned(candidates.map(longName))
    return candidates
      .filter((file) => !named.has(longName(file)))
      .map((file) => ({
        rule: NAME,
        severity: 'warning',
        message: `${shown(file)} is in no kustomization, and no other file uses it`,
        object: shown(file),
        position: { file: shown(file), line: 1, column: 1 },
        hint: 'list it in the kustomization, or remove it',
      }))
  },
  examples: {
    fires: [
      sourceExample('a manifest that is not listed', {
        'overlays/prod/kustomization.yaml': uses,
        'overlays/prod/deck.yaml': deck,
        'overlays/prod/resources/hook.yaml': deck,
      }),
    ],
    silent: [
      sourceExample('files that are listed', {
        'overlays/prod/kustomization.yaml': uses,
        'overlays/prod/deck.yaml': deck,
      }),
      sourceExample('a README, OWNERS, a script', {
        'overlays/prod/kustomization.yaml': uses,
        'overlays/prod/deck.yaml': deck,
        'overlays/prod/README.md': '# Production\n',
        'overlays/prod/OWNERS': 'approvers: [a]\n',
        'overlays/prod/deploy.sh': 'kubectl apply -k .\n',
      }),
      sourceExample('a file that a script names', {
        'overlays/prod/kustomization.yaml': uses,
        'overlays/prod/deck.yaml': deck,
        'overlays/prod/once/job.yaml': deck,
        'deploy.sh': 'kubectl apply -f overlays/prod/once/job.yaml\n',
      }),
      sourceExample(
        'a file that another overlay uses',
        {
          'overlays/prod/kustomization.yaml': uses,
          'overlays/prod/deck.yaml': deck,
          'overlays/prod/parts/kustomization.yaml': uses,
          'overlays/prod/parts/deck.yaml': deck,
          'overlays/test/kustomization.yaml': 'resources: [../prod/parts]\n',
        },
        { overlays: ['overlays/prod', 'overlays/test'] },
      ),
      sourceExample('a kustomization that cannot be read', {
        'overlays/prod/kustomization.yaml': 'resources: {\n',
        'overlays/prod/deck.yaml': deck,
      }),
    ],
  },
}

/** The innermost of the folders that contains a file. */
function nearest(file: string, folders: readonly string[]): string | undefined {
  return folders.filter((folder) => isWithin(file, folder)).sort((a, b) => b.length - a.length)[0]
}
