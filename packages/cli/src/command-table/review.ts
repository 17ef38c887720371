import type { CommandRow } from './command-row.ts'
import { base, flag, jobs, OVERLAYS, report, shard, textList } from './options.ts'

/** The commands about a change. */
export const reviewRows: readonly CommandRow[] = [
  {
    name: 'review',
    summary: 'show the effect of a change on every overlay that it can affect, and check their goldens',
    options: () => [
      base(),
      jobs(),
      report('also write a report, or part=FILE for report merge; may be repeated'),
      shard('review one part of the affected overlays, such as 1/3'),
    ],
    examples: [
      { line: 'review --base origin/main', meaning: 'the presubmit, on your machine' },
      {
        line: 'review --base origin/main --report html=review.html --report junit=junit.xml',
        meaning: "for the job's page",
      },
    ],
    run: async (context, flags) =>
      (await import('../commands/review.ts')).reviewCommand(context, String(flags['base']), flags),
  },
  {
    name: 'report merge',
    summary: 'merge the parts that several jobs wrote into one review',
    arguments: [
      { term: '<file...>', meaning: 'the files of review --shard I/N --report part=FILE, one for each I' },
    ],
    options: () => [report()],
    examples: [
      {
        line: 'report merge part-1.json part-2.json --report html=review.html',
        meaning: 'the same report and exit status as of one complete review',
      },
    ],
    run: async (context, flags, [files]) =>
      (await import('../commands/report-merge.ts')).reportMergeCommand(context, textList(files), flags),
  },
  {
    name: 'affected',
    summary: 'list the overlays whose output a change can affect, and why',
    options: () => [base()],
    examples: [{ line: 'affected --base origin/main', meaning: 'without building anything' }],
    run: async (context, flags) =>
      (await import('../commands/affected.ts')).affectedCommand(context, String(flags['base'])),
  },
  {
    name: 'check',
    summary: 'find mistakes in patch scripts, kustomizations and rendered manifests',
    arguments: [OVERLAYS],
    options: () => [
      flag('--base <revision>', 'only findings that this git revision lacks, such as origin/main'),
      flag('--write-baseline', 'write the findings to overlay-render.baseline; later runs ignore them'),
      flag('--format <format>', 'the format of the findings').choices([
        'text',
        'json',
        'sarif',
        'junit',
        'github',
      ]),
      flag('--strict', 'exit status 1 for warnings, too'),
      flag(
        '--checkconfig',
        "also the findings of jobs check, and of Prow's own checkconfig if it is on PATH",
      ),
      flag('--repo <org/repo>', 'only list the steps that add this repository to Prow, done and missing'),
    ],
    examples: [
      { line: 'check', meaning: 'all overlays; exit status 1 for an error' },
      { line: 'check production --strict', meaning: 'one overlay; warnings count' },
      {
        line: 'check --base origin/main --format github',
        meaning: 'only new findings, as annotations of a pull request',
      },
    ],
    run: async (context, flags, [names]) =>
      (await import('../commands/check.ts')).checkCommand(context, textList(names), flags),
  },
  {
    name: 'diff',
    summary: 'show the differences between two sides',
    arguments: [
      {
        term: '<before>',
        meaning: 'an overlay, golden:NAME, REV:NAME, live:[CONTEXT:]NAME, or a file',
        complete: 'overlays',
      },
      { term: '<after>', meaning: 'the same', complete: 'overlays' },
    ],
    options: () => [
      flag('--format <format>', 'text, json, json-patch, markdown, junit or html'),
      report(),
      flag(
        '--secrets <mode>',
        'with live: real compares Secrets with the secret files, by fingerprint; stub leaves their values out',
      ).choices(['real', 'stub']),
    ],
    examples: [
      { line: 'diff production testing', meaning: 'two environments' },
      { line: 'diff HEAD~1:production production', meaning: 'what the last commit and your edits change' },
      { line: 'diff live:production production', meaning: 'what applying would change, and what drifted' },
      { line: 'diff live:production production --secrets real', meaning: 'Secrets too; no value is shown' },
      { line: 'diff golden:production production --report html=diff.html', meaning: 'a page to look at' },
    ],
    run: async (context, flags, [before, after]) =>
      (await import('../commands/diff.ts')).diffCommand(context, flags, String(before), String(after)),
  },
]
