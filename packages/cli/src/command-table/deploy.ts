import type { Option } from 'commander'

import type { CommandRow } from './command-row.ts'
import { context, duration, flag, optionalText, OVERLAY, secrets, textList } from './options.ts'

const prune = (): Option => flag('--prune', 'delete what is no longer rendered')

const replace = (): Option =>
  flag(
    '--replace <kind/name>',
    'delete this object and create it again when it changes, where the API server refuses the change; may be repeated',
  )
    .argParser((value: string, before: readonly string[]) => [...before, value])
    .default([], 'none')

/** The commands that apply, and those about the pinned binary. */
export const deployRows: readonly CommandRow[] = [
  {
    name: 'plan',
    summary: 'show what applying an overlay changes, in order, in a cluster or compared with its golden',
    arguments: [OVERLAY],
    options: () => [
      flag('--live', 'compare with the cluster of the overlay; each step is a dry run on the server'),
      context(),
      prune(),
      replace(),
      secrets(),
      flag('--shell', 'print a script to review and run by hand'),
      flag('--format <format>', 'text, json or html').choices(['text', 'json', 'html']),
      flag(
        '--report <format=file>',
        'also write a report: json or html; json is what apply --plan takes; may be repeated',
      )
        .argParser((value: string, before: readonly string[]) => [...before, value])
        .default([], 'none'),
    ],
    examples: [
      { line: 'plan production', meaning: 'against the golden, without a cluster' },
      { line: 'plan production --context prod', meaning: 'against the cluster; nothing is changed' },
      { line: 'plan production --live --report json=plan.json', meaning: 'for apply --plan' },
    ],
    run: async (context, flags, [name]) =>
      (await import('../commands/plan.ts')).planCommand(context, flags, String(name)),
  },
  {
    name: 'apply',
    summary: 'apply an overlay with its real secrets: show the plan, ask, and do exactly that',
    arguments: [OVERLAY],
    options: () => [
      flag('--context <name>', 'the context of kubectl, instead of that of the overlay'),
      flag(
        '--plan <file>',
        'a plan saved with plan --live --report json=FILE; refused if the render or the cluster has changed since',
      ),
      prune(),
      replace(),
      flag('--yes', 'do not ask for confirmation, such as without a terminal'),
      flag('--no-wait', 'do not wait for rollouts'),
      duration(
        '--timeout <time>',
        'give up on a rollout that makes no progress for this time (10m when absent)',
      ),
    ],
    examples: [
      { line: 'apply production', meaning: 'shows the plan first; running it again continues' },
      { line: 'apply production --plan plan.json --yes', meaning: 'exactly the plan that was reviewed' },
    ],
    run: async (context, flags, [name]) =>
      (await import('../commands/apply.ts')).applyCommand(context, flags, String(name)),
  },
  {
    name: 'deploy-test',
    summary: 'test whether a real API server accepts an upgrade: the base, then the change',
    arguments: [OVERLAY],
    options: () => [
      flag(
        '--base <revision>',
        'the revision that is deployed now, such as origin/main; without it everything is new',
      ),
      flag('--kubeconfig <file>', 'the kubeconfig of an empty API server; one is started when absent'),
      flag('--context <name>', 'the context of that kubeconfig, when it has several'),
      flag('--crds <file>', 'a file with further CustomResourceDefinitions'),
      flag('--report <format=file>', 'also write a report: junit or json; may be repeated')
        .argParser((value: string, before: readonly string[]) => [...before, value])
        .default([], 'none'),
    ],
    examples: [
      {
        line: 'deploy-test production --base origin/main',
        meaning: 'with kube-apiserver and etcd on PATH or in KUBEBUILDER_ASSETS',
      },
      {
        line: 'deploy-test production --base "$PULL_BASE_SHA" --report junit=junit.xml',
        meaning: 'in a presubmit',
      },
    ],
    run: async (context, flags, [name]) =>
      (await import('../commands/deploy-test.ts')).deployTestCommand(context, flags, String(name)),
  },
  {
    name: 'kustomize which',
    summary: 'show where the pinned binary is, and where it came from',
    examples: [{ line: 'kustomize which', meaning: 'with its digest' }],
    run: async (context) => (await import('../commands/kustomize.ts')).kustomizeWhichCommand(context),
  },
  {
    name: 'kustomize install',
    summary: 'install the pinned binary in the store, and record its digest in overlay-render.lock',
    examples: [
      { line: 'kustomize install', meaning: 'downloads the published archive and checks its digest' },
    ],
    options: () => [
      flag(
        '--sha256 <digest>',
        'the published digest of the archive, for a version that is not in the table',
      ),
    ],
    run: async (context, flags) =>
      (await import('../commands/kustomize.ts')).kustomizeInstallCommand(
        context,
        optionalText(flags['sha256']),
      ),
  },
  {
    name: 'kustomize version',
    summary: 'print the pinned version',
    examples: [{ line: 'kustomize version', meaning: 'the version alone' }],
    run: async (context) => (await import('../commands/kustomize.ts')).kustomizeVersionCommand(context),
  },
  {
    name: 'pin compare',
    summary:
      'show what another kustomize or kubectl would change, and which patches would select other resources',
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
