import type { CommandRow } from './command-row.ts'
import { flag, optionalText, report, textList } from './options.ts'

const SIDE = 'a git revision, an overlay, a folder of jobs, or . for the work tree'

/** The commands about Prow's jobs and clusters. */
export const prowRows: readonly CommandRow[] = [
  {
    name: 'jobs diff',
    summary: 'show what a change does to the effective jobs',
    arguments: [
      { term: '<before>', meaning: SIDE, complete: 'overlays' },
      { term: '<after>', meaning: 'the same', complete: 'overlays' },
    ],
    options: () => [flag('--format <format>', 'text, json, markdown or html'), report()],
    examples: [
      { line: 'jobs diff HEAD~1 .', meaning: 'presets and defaults applied, equal changes grouped' },
    ],
    run: async (context, flags, [before, after]) =>
      (await import('../commands/jobs.ts')).jobsDiffCommand(context, flags, String(before), String(after)),
  },
  {
    name: 'jobs explain',
    summary: 'show where each field of a job comes from',
    arguments: [
      { term: '<name>', meaning: 'the name of the job' },
      { term: '[path]', meaning: 'such as spec.containers[0].image' },
    ],
    examples: [
      {
        line: 'jobs explain pull-unit-test spec.containers[0].env',
        meaning: 'which file, preset, default or line of the config gives it',
      },
    ],
    run: async (context, _flags, [name, path]) =>
      (await import('../commands/jobs.ts')).jobsExplainCommand(context, String(name), optionalText(path)),
  },
  {
    name: 'jobs check',
    summary: "find mistakes in Prow's jobs, config and plugins",
    options: () => [
      flag('--base <revision>', 'only findings that this git revision lacks, such as origin/main'),
      flag('--checkconfig', "also run Prow's own checkconfig, if it is on PATH"),
      flag('--repo <org/repo>', 'list the steps that add this repository to Prow, done and missing'),
    ],
    examples: [
      { line: 'jobs check', meaning: 'exit status 1 for an error or a warning' },
      { line: 'jobs check --base origin/main', meaning: 'only new findings, for a pull request' },
      { line: 'jobs check --repo example/new', meaning: 'what a new repository still needs' },
    ],
    run: async (context, flags) => (await import('../commands/jobs.ts')).jobsCheckCommand(context, flags),
  },
  {
    name: 'kubeconfig merge',
    summary: 'merge several kubeconfigs into one file with mode 0600; none of their content is printed',
    arguments: [{ term: '<file...>', meaning: 'kubeconfigs' }],
    options: () => [
      flag('--out <file>', 'the file to write').makeOptionMandatory(),
      flag('--semantics <how>', 'prow, kubectl or union').default('prow'),
    ],
    examples: [{ line: 'kubeconfig merge a.yaml b.yaml --out merged.yaml', meaning: 'as Prow merges them' }],
    run: async (context, flags, [files]) =>
      (await import('../commands/clusters.ts')).kubeconfigMergeCommand(
        context,
        { out: String(flags['out']), semantics: String(flags['semantics']) },
        textList(files),
      ),
  },
  {
    name: 'kubeconfig check',
    summary: 'find name collisions, dangling references, and contexts of jobs that no kubeconfig defines',
    arguments: [{ term: '[file...]', meaning: 'kubeconfigs; those of prow.kubeconfigs when none is named' }],
    examples: [{ line: 'kubeconfig check build-cluster.yaml', meaning: 'no credential is shown' }],
    run: async (context, _flags, [files]) =>
      (await import('../commands/clusters.ts')).kubeconfigCheckCommand(context, textList(files)),
  },
  {
    name: 'inventory',
    summary: 'list what each overlay deploys, the clusters that jobs run in, and the buckets',
    options: () => [flag('--format <format>', 'markdown or json')],
    examples: [{ line: 'inventory --format markdown', meaning: 'a page for your documentation' }],
    run: async (context, flags) => (await import('../commands/clusters.ts')).inventoryCommand(context, flags),
  },
]
