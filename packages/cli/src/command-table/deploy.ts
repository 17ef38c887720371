import type { CommandRow } from './command-row.ts'
import { context, flag, OVERLAY, textList } from './options.ts'

/** What applying does, and the pinned binary. */
export const deployRows: readonly CommandRow[] = [
  {
    name: 'plan',
    summary: 'show what applying an overlay does, in order: to its golden, or to a cluster',
    arguments: [OVERLAY],
    options: [
      flag('--live', 'ask the cluster of the overlay, and the server for each step by dry run'),
      context(),
      flag('--prune', 'delete what is no longer rendered'),
      flag('--shell', 'print a script to review and run by hand'),
    ],
    examples: [
      { line: 'plan production', meaning: 'against the golden, without a cluster' },
      { line: 'plan production --context prod', meaning: 'against the cluster; nothing is changed' },
    ],
    run: async (context, flags, [name]) =>
      (await import('../commands/plan.ts')).planCommand(context, flags, String(name)),
  },
  {
    name: 'kustomize which',
    summary: 'where the pinned binary is, and where it came from',
    examples: [{ line: 'kustomize which', meaning: 'with its digest' }],
    run: async (context) => (await import('../commands/kustomize.ts')).kustomizeWhichCommand(context),
  },
  {
    name: 'kustomize install',
    summary: 'put the pinned binary into the store, and record its digest in overlay-render.lock',
    examples: [
      { line: 'kustomize install', meaning: 'downloads the published archive and checks its digest' },
    ],
    run: async (context) => (await import('../commands/kustomize.ts')).kustomizeInstallCommand(context),
  },
  {
    name: 'kustomize version',
    summary: 'print the pinned version',
    examples: [{ line: 'kustomize version', meaning: 'the version alone' }],
    run: async (context) => (await import('../commands/kustomize.ts')).kustomizeVersionCommand(context),
  },
  {
    name: 'pin compare',
    summary: 'what another kustomize or kubectl would change',
    arguments: [
      { term: '<before>', meaning: 'such as 4.5.4' },
      { term: '<after>', meaning: 'such as kubectl:1.34.2' },
      { term: '[overlays...]', meaning: 'names of overlays; all when none is named', complete: 'overlays' },
    ],
    examples: [{ line: 'pin compare 4.5.4 5.8.1', meaning: 'builds every overlay with both' }],
    run: async (context, _flags, [before, after, overlays]) =>
      (await import('../commands/pin-compare.ts')).pinCompareCommand(
        context,
        String(before),
        String(after),
        textList(overlays),
      ),
  },
]
