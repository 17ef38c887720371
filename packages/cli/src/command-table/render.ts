import type { CommandRow } from './command-row.ts'
import {
  context,
  flag,
  jobs,
  optionalBase,
  optionalText,
  OVERLAY,
  OVERLAYS,
  report,
  secrets,
  shard,
  textList,
} from './options.ts'

/** The commands that render, and those about goldens. */
export const renderRows: readonly CommandRow[] = [
  {
    name: 'init',
    summary: 'write an overlay-render.yaml that renders this tree',
    options: () => [
      flag('--pin <pin>', 'pin this version instead of the one found, such as 4.5.4 or kubectl:1.34.2'),
      flag(
        '--vendor',
        'fetch the remotes and charts of overlays into vendor/, and render these overlays, too',
      ),
    ],
    examples: [
      { line: 'init', meaning: 'shows what it decided, and why' },
      { line: 'init --vendor', meaning: 'for a tree that uses URLs, git remotes and charts' },
      { line: 'init --pin kubectl:1.34.2', meaning: 'for a tree that kubectl kustomize deploys' },
    ],
    run: async (context, flags) => (await import('../commands/init.ts')).initCommand(context, flags),
  },
  {
    name: 'render',
    summary: 'render overlays into rendered/OVERLAY/',
    arguments: [OVERLAYS],
    options: () => [
      flag('--all', 'every overlay of the workspace'),
      flag('--out <dir>', 'write to this folder instead of rendered/'),
      flag('--stdout', 'print only the manifests').conflicts(['out', 'configsOnly', 'inPlace']),
      flag('--configs-only', 'patch the configs and stop before kustomize'),
      flag('--in-place', "write the configs into the overlay's own configs/ folder"),
      secrets(),
      flag('--print <how>', 'how patched configs are printed').choices(['yq', 'preserve']),
      jobs(),
      shard('render one part of the overlays, such as 1/3'),
    ],
    examples: [
      { line: 'render production --secrets stub', meaning: 'without any secret file' },
      { line: 'render --all --out /tmp/all', meaning: 'every overlay, outside of the tree' },
      { line: 'render production --stdout', meaning: 'only the manifests, for kubectl' },
      {
        line: 'render production --configs-only --in-place',
        meaning: 'what render-environment-configs.sh did',
      },
    ],
    run: async (context, flags, [names]) =>
      (await import('../commands/render.ts')).renderCommand(context, flags, textList(names)),
  },
  {
    name: 'golden check',
    summary: 'compare each overlay with its golden (all when none is named)',
    arguments: [OVERLAYS],
    options: () => [
      optionalBase(),
      jobs(),
      report('also write a report, or patch=FILE for git apply; may be repeated'),
      flag('--live', 'also compare with the cluster of each overlay: what changes, and what drifted'),
      context(),
      shard('compare one part of the overlays, such as 1/3').conflicts(['live', 'context']),
    ],
    examples: [
      { line: 'golden check', meaning: 'exit status 1 when something differs' },
      { line: 'golden check --base origin/main', meaning: 'only the overlays that a change can affect' },
      { line: 'golden check production --live', meaning: 'and what its cluster has; nothing is changed' },
      { line: 'golden check --report patch=golden.diff', meaning: 'what would accept it, for git apply' },
    ],
    run: async (context, flags, [names]) =>
      (await import('../commands/golden-check.ts')).goldenCheckCommand(context, flags, textList(names)),
  },
  {
    name: 'golden update',
    summary: 'accept the rendered output as goldens (all when none is named)',
    arguments: [
      {
        ...OVERLAYS,
        meaning: 'names of overlays; the golden of a deleted overlay is removed when it is named',
      },
    ],
    options: () => [jobs(), flag('--prune', 'remove the goldens of all deleted overlays')],
    examples: [
      { line: 'golden update production', meaning: 'accept the output of one overlay' },
      {
        line: 'golden update --prune',
        meaning: 'accept all, and remove the goldens of deleted overlays',
      },
    ],
    run: async (context, flags, [names]) =>
      (await import('../commands/golden-update.ts')).goldenUpdateCommand(context, flags, textList(names)),
  },
  {
    name: 'watch',
    summary: 'render again on every change, and show the difference',
    arguments: [OVERLAYS],
    options: () => [flag('--all', 'every overlay of the workspace'), secrets(), jobs()],
    examples: [
      { line: 'watch production', meaning: 'Ctrl-C or q ends it' },
      { line: 'watch production testing', meaning: 'two overlays' },
    ],
    run: async (context, flags, [names]) =>
      (await import('../commands/watch.ts')).watchCommand(context, flags, textList(names)),
  },
  {
    name: 'secrets',
    summary: 'list the secret files that an overlay needs',
    arguments: [OVERLAY],
    options: () => [
      flag(
        '--write',
        'make the secret files of templates, in a temporary stage only, to see whether they can be made',
      ),
    ],
    examples: [
      { line: 'secrets production', meaning: 'which of them are missing; no value is shown' },
      { line: 'secrets production --write', meaning: 'also whether every template value is available' },
    ],
    run: async (context, flags, [name]) =>
      (await import('../commands/secrets.ts')).secretsCommand(context, flags, String(name)),
  },
  {
    name: 'explain',
    summary: 'show where a resource, or a value in it, comes from: file, patch, template, script',
    arguments: [
      OVERLAY,
      { term: '<resource>', meaning: 'NAME, KIND/NAME or KIND/NAMESPACE/NAME' },
      { term: '[path]', meaning: 'a yq path; it continues inside the files of a ConfigMap' },
    ],
    examples: [
      { line: 'explain production Deployment/deck', meaning: 'each step that touched it, in order' },
      {
        line: "explain production Deployment/deck '.spec.template.spec.containers[0].image'",
        meaning: 'the value after each step, and the line that gives it',
      },
    ],
    run: async (context, _flags, [overlay, resource, path]) =>
      (await import('../commands/explain.ts')).explainCommand(
        context,
        String(overlay),
        String(resource),
        optionalText(path),
      ),
  },
  {
    name: 'vendor',
    summary: 'copy remote bases, files and charts into vendor/, and lock them',
    arguments: [
      { term: '[action]', meaning: 'update: fetch again; check: report edited copies and changed remotes' },
      { term: '[url=new]', meaning: 'for update: replace this URL in kustomizations' },
    ],
    examples: [
      { line: 'vendor', meaning: 'fetches remotes without a copy; renders then need no network' },
      { line: 'vendor check', meaning: 'edited copies, and tags that moved' },
      {
        line: "vendor update 'https://github.com/org/repo?ref=v1=https://github.com/org/repo?ref=v2'",
        meaning: 'another version, and how it changes the renders',
      },
      {
        line: 'vendor update https://host/org/repo/v1/=https://host/org/repo/v2/',
        meaning: 'the same for all URLs with this prefix',
      },
    ],
    run: async (context, _flags, [action, change]) =>
      (await import('../commands/vendor.ts')).vendorCommand(
        context,
        optionalText(action),
        optionalText(change),
      ),
  },
]
