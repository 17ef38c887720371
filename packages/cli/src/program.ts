import { Command, CommanderError, InvalidArgumentError, Option, type OptionValues } from 'commander'

import { endOnSignals, printableLines } from '@overlay-render/system'

import type { CommandContext } from './context.ts'
import { ExitStatus } from './exit-status.ts'
import { printFault } from './print-fault.ts'
import { drain, openTerminal, type TerminalFlags } from './terminal.ts'

interface GlobalFlags extends TerminalFlags {
  readonly directory?: string
  readonly kustomize?: string
}

/** Everything but `yq` and `--version`. Returns the exit status. */
export async function runProgram(args: readonly string[]): Promise<number> {
  let status: number = ExitStatus.fine
  const stopListening = endOnSignals()
  const program = makeProgram((action) => async (...given: unknown[]) => {
    // commander hands over the arguments, then the options, then the command.
    const command = given.at(-1)
    if (!(command instanceof Command)) return
    const flags = command.optsWithGlobals<GlobalFlags>()
    const terminal = openTerminal(flags)
    const context: CommandContext = { terminal, folder: flags.directory ?? '.', kustomize: flags.kustomize }
    try {
      status = await action(context, command.opts(), given.slice(0, -2))
    } catch (error) {
      status = printFault(error, terminal)
    }
  })
  try {
    await program.parseAsync([...args], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    status = error.exitCode === 0 ? ExitStatus.fine : ExitStatus.badInput
  } finally {
    stopListening()
  }
  await drain(process.stdout)
  return status
}

/** A command: its own flags, and its arguments in the order of its definition. */
type Action = (context: CommandContext, flags: OptionValues, args: readonly unknown[]) => Promise<number>
type Wrap = (action: Action) => (...given: unknown[]) => Promise<void>

function makeProgram(wrap: Wrap): Command {
  const program = new Command('overlay-render')
    .description('Renders Prow deployments from a base and kustomize overlays, and shows what a change does.')
    .option('-C, --directory <dir>', 'the workspace: the folder of overlay-render.yaml, or of overlays/')
    .option('--kustomize <file>', 'the kustomize binary to use, of exactly the pinned version')
    .option('--json', 'print one JSON value instead of text')
    .option('--quiet', 'print results and errors alone')
    .option('--verbose', 'show what kustomize said, and stack traces')
    .option('--no-color', 'no colour, as with NO_COLOR')
    .showSuggestionAfterError(true)
    .showHelpAfterError('(overlay-render --help lists the commands)')
    .exitOverride()
    // What it says quotes the arguments, which a script may have taken from names of files.
    .configureOutput({ writeErr: (text) => process.stderr.write(printableLines(text)) })
  program
    .command('render')
    .description('render overlays into rendered/<overlay>/')
    .argument('[overlay...]', 'names of overlays')
    .option('--all', 'every overlay of the workspace')
    .option('--out <dir>', 'write below this folder instead of rendered/')
    .addOption(
      new Option('--stdout', 'print the manifests alone').conflicts([
        'out',
        'configsOnly',
        'inPlace',
        'json',
      ]),
    )
    .option('--configs-only', 'patch the configs and stop before kustomize')
    .option('--in-place', "write the configs into the overlay's own configs/ folder")
    .addOption(secretsOption())
    .addOption(new Option('--print <how>', 'how patched configs are printed').choices(['yq', 'preserve']))
    .option('--jobs <n>', 'overlays rendered at a time', positiveInteger)
    .action(
      wrap(async (context, flags, [names]) =>
        (await import('./commands/render.ts')).renderCommand(context, flags, textList(names)),
      ),
    )
  const golden = program
    .command('golden')
    .description('compare with golden files, or accept what is rendered')
  golden
    .command('check')
    .description('compare each overlay with its golden (all when none is named)')
    .argument('[overlay...]', 'names of overlays')
    .option('--jobs <n>', 'overlays rendered at a time', positiveInteger)
    .option(
      '--report <format=file>',
      'also write a report, or patch=FILE for git apply; may be repeated',
      collect,
      [],
    )
    .action(
      wrap(async (context, flags, [names]) =>
        (await import('./commands/golden.ts')).goldenCheckCommand(context, flags, textList(names)),
      ),
    )
  golden
    .command('update')
    .description('make the rendered output the golden (all when none is named)')
    .argument('[overlay...]', 'names of overlays; the golden of one that is gone is removed')
    .option('--jobs <n>', 'overlays rendered at a time', positiveInteger)
    .option('--prune', 'remove the goldens of all overlays that are gone')
    .action(
      wrap(async (context, flags, [names]) =>
        (await import('./commands/golden.ts')).goldenUpdateCommand(context, flags, textList(names)),
      ),
    )
  program
    .command('init')
    .description('look at a tree, and write an overlay-render.yaml that renders it')
    .option('--pin <pin>', 'another pin than the one found, such as 4.5.4 or kubectl:1.34.2')
    .action(wrap(async (context, flags) => (await import('./commands/init.ts')).initCommand(context, flags)))
  program
    .command('review')
    .description('show what a change does to every overlay that it can reach, and check their goldens')
    .requiredOption('--base <revision>', 'the git revision that the change is for, such as origin/main')
    .option('--jobs <n>', 'overlays rendered at a time', positiveInteger)
    .option('--report <format=file>', 'also write a report; may be repeated', collect, [])
    .option('--shard <i/n>', 'review one part of the affected overlays, such as 1/3')
    .action(
      wrap(async (context, flags) =>
        (await import('./commands/review.ts')).reviewCommand(context, String(flags['base']), flags),
      ),
    )
  program
    .command('affected')
    .description('list the overlays whose output a change can reach, and why')
    .requiredOption('--base <revision>', 'the git revision that the change is for, such as origin/main')
    .action(
      wrap(async (context, flags) =>
        (await import('./commands/affected.ts')).affectedCommand(context, String(flags['base'])),
      ),
    )
  program
    .command('diff')
    .description('show what differs between two sides')
    .argument('<before>', 'an overlay, golden:NAME, REV:NAME, or a file')
    .argument('<after>', 'the same')
    .option('--format <format>', 'text, json, json-patch, markdown, junit or html')
    .option('--report <format=file>', 'also write a report; may be repeated', collect, [])
    .action(
      wrap(async (context, flags, [before, after]) =>
        (await import('./commands/diff.ts')).diffCommand(context, flags, String(before), String(after)),
      ),
    )
  const jobs = program.command('jobs').description("Prow's jobs as Prow runs them")
  jobs
    .command('diff')
    .description('show what a change does to the effective jobs')
    .argument('<before>', 'a git revision, an overlay, a folder of jobs, or . for the work tree')
    .argument('<after>', 'the same')
    .option('--format <format>', 'text, json, markdown or html')
    .option('--report <format=file>', 'also write a report; may be repeated', collect, [])
    .action(
      wrap(async (context, flags, [before, after]) =>
        (await import('./commands/jobs.ts')).jobsDiffCommand(context, flags, String(before), String(after)),
      ),
    )
  jobs
    .command('explain')
    .description('where each field of a job comes from')
    .argument('<name>', 'the name of the job')
    .argument('[path]', 'such as spec.containers[0].image')
    .action(
      wrap(async (context, _flags, [name, path]) =>
        (await import('./commands/jobs.ts')).jobsExplainCommand(
          context,
          String(name),
          path === undefined ? undefined : String(path),
        ),
      ),
    )
  jobs
    .command('check')
    .description("what is wrong with Prow's jobs, config and plugins")
    .option('--checkconfig', "also ask Prow's own checkconfig, where it is on PATH")
    .option('--repo <org/repo>', 'what of adding this repository to Prow is done, and what is missing')
    .action(
      wrap(async (context, flags) => (await import('./commands/jobs.ts')).jobsCheckCommand(context, flags)),
    )
  const kubeconfig = program.command('kubeconfig').description("the kubeconfigs of Prow's components")
  kubeconfig
    .command('merge')
    .description('write one kubeconfig out of several, with mode 0600; nothing of them is printed')
    .argument('<file...>', 'kubeconfigs')
    .requiredOption('--out <file>', 'where to write it')
    .option('--semantics <how>', 'prow, kubectl or union', 'prow')
    .action(
      wrap(async (context, flags, [files]) =>
        (await import('./commands/clusters.ts')).kubeconfigMergeCommand(
          context,
          { out: String(flags['out']), semantics: String(flags['semantics']) },
          textList(files),
        ),
      ),
    )
  kubeconfig
    .command('check')
    .description('collisions, dangling references, and contexts that jobs name and nobody defines')
    .argument('[file...]', 'kubeconfigs; those of prow.kubeconfigs when none is named')
    .action(
      wrap(async (context, _flags, [files]) =>
        (await import('./commands/clusters.ts')).kubeconfigCheckCommand(context, textList(files)),
      ),
    )
  program
    .command('inventory')
    .description('what each overlay deploys, the clusters that jobs run in, the buckets')
    .option('--format <format>', 'markdown or json')
    .action(
      wrap(async (context, flags) =>
        (await import('./commands/clusters.ts')).inventoryCommand(context, flags),
      ),
    )
  program
    .command('plan')
    .description('show what applying an overlay does, in order: to its golden, or to a cluster')
    .argument('<overlay>', 'name of the overlay')
    .option('--live', 'ask the cluster of the overlay, and the server for each step by dry run')
    .option('--context <name>', 'the context of kubectl to ask; it implies --live')
    .option('--prune', 'delete what is no longer rendered')
    .option('--shell', 'print a script to review and run by hand')
    .action(
      wrap(async (context, flags, [name]) =>
        (await import('./commands/plan.ts')).planCommand(context, flags, String(name)),
      ),
    )
  program
    .command('watch')
    .description('render again on every change, and show what it changed')
    .argument('<overlay>', 'name of the overlay')
    .addOption(secretsOption())
    .action(
      wrap(async (context, flags, [name]) =>
        (await import('./commands/watch.ts')).watchCommand(context, flags, String(name)),
      ),
    )
  program
    .command('secrets')
    .description('list the secret files that an overlay needs')
    .argument('<overlay>', 'name of the overlay')
    .action(
      wrap(async (context, _flags, [name]) =>
        (await import('./commands/secrets.ts')).secretsCommand(context, String(name)),
      ),
    )
  const kustomize = program.command('kustomize').description('the pinned kustomize')
  kustomize
    .command('which')
    .description('where the pinned binary is, and where it came from')
    .action(wrap(async (context) => (await import('./commands/kustomize.ts')).kustomizeWhichCommand(context)))
  kustomize
    .command('install')
    .description('put the pinned binary into the store, and record its digest in overlay-render.lock')
    .action(
      wrap(async (context) => (await import('./commands/kustomize.ts')).kustomizeInstallCommand(context)),
    )
  kustomize
    .command('version')
    .description('print the pinned version')
    .action(
      wrap(async (context) => (await import('./commands/kustomize.ts')).kustomizeVersionCommand(context)),
    )
  program
    .command('pin')
    .description('the pinned kustomize or kubectl')
    .command('compare')
    .description('what another kustomize or kubectl would change')
    .argument('<before>', 'such as 4.5.4')
    .argument('<after>', 'such as kubectl:1.34.2')
    .argument('[overlays...]', 'names of overlays; all when none is named')
    .action(
      wrap(async (context, _flags, [before, after, overlays]) =>
        (await import('./commands/pin-compare.ts')).pinCompareCommand(
          context,
          String(before),
          String(after),
          textList(overlays),
        ),
      ),
    )
  program
    .command('yq')
    .description("the yq language on its own, with the flags of yq 4: 'overlay-render yq --help'")
    .argument('[args...]')
    .allowUnknownOption()
  program.command('version').description('print the version')
  return program
}

function secretsOption(): Option {
  return new Option(
    '--secrets <mode>',
    'real: read the secret files; stub: put stubs in their place',
  ).choices(['real', 'stub'])
}

function positiveInteger(text: string): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1)
    throw new InvalidArgumentError('it must be a whole number from 1')
  return number
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value]
}

/** The words of an argument that may be repeated. */
function textList(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : []
}
