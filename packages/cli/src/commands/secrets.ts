import { type CommandContext, openContextWorkspace } from '../context.ts'
import { ExitStatus } from '../exit-status.ts'
import type { SecretsJson } from '../json/secrets.ts'
import { printJson } from '../print-json.ts'
import { startProgress } from '../progress-line.ts'
import { alignTable } from '@overlay-render/system'
import { paint } from '../terminal.ts'

/** The flags of `secrets`. */
export interface SecretFlags {
  readonly write?: boolean
}

/**
 * Lists the secret files of an overlay. Exits 1 when some are missing. With `--write`, those of templates are made in a temporary
 * stage; nothing is written to the tree.
 */
export async function secretsCommand(
  context: CommandContext,
  { write = false }: SecretFlags,
  name: string,
): Promise<number> {
  const { terminal } = context
  const workspace = await openContextWorkspace(context)
  const progress = startProgress(terminal)
  const secrets = await workspace.secrets(name, { ...progress, write }).finally(() => progress.stop())
  const missing = new Set(secrets.filter(({ exists }) => !exists).map(({ path }) => path))
  const status = missing.size > 0 ? ExitStatus.difference : ExitStatus.fine
  if (terminal.json) {
    const files = secrets.map(({ path, form, key, secret, exists, templated }) => {
      return { path, form, key, secret, exists, templated }
    })
    printJson<SecretsJson>(terminal.stdout, { overlay: name, secrets: files })
    return status
  }
  const rows = secrets.map(({ path, key, form, secret, exists, templated }) => [
    exists
      ? paint(terminal, 'green', !templated ? 'there' : write ? 'made' : 'template')
      : paint(terminal, 'red', 'missing'),
    path,
    `Secret ${secret.namespace === undefined ? '' : `${secret.namespace}/`}${secret.name}`,
    form === 'env' ? 'env file' : `key ${key ?? ''}`,
  ])
  for (const line of alignTable(rows, terminal.width)) terminal.stdout.say(`${line}\n`)
  if (!terminal.quiet) {
    const count = new Set(secrets.map(({ path }) => path)).size
    terminal.stdout.say(
      missing.size > 0
        ? `${missing.size} of ${count} secret files are missing: put them there, or render with --secrets stub.\n`
        : count === 0
          ? `${name} needs no secret files.\n`
          : `${count === 1 ? `The secret file of ${name} is` : `All ${count} secret files of ${name} are`} there.\n`,
    )
  }
  return status
}
