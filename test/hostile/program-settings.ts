import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

// Every key in git-config(1) of git 2.39, and some later ones, whose value is a program, a folder of programs, or makes git run a
// program. Written from the manual, not from the product's own table.
const KEYS: readonly string[] = [
  'core.fsmonitor',
  'core.sshCommand',
  'core.gitProxy',
  'core.askPass',
  'core.editor',
  'core.pager',
  'core.alternateRefsCommand',
  'sequence.editor',
  'interactive.diffFilter',
  'credential.helper',
  'credential.https://example.com.helper',
  'diff.external',
  'diff.any.command',
  'diff.any.textconv',
  'diff.a=b.textconv',
  'merge.any.driver',
  'filter.any.clean',
  'filter.any.smudge',
  'filter.any.process',
  'filter.a=b.smudge',
  'filter.A b.c.smudge',
  'gpg.program',
  'gpg.ssh.program',
  'gpg.x509.program',
  'gpg.ssh.defaultKeyCommand',
  'remote.origin.uploadpack',
  'remote.origin.receivepack',
  'submodule.any.update',
  'tar.any.command',
  'trailer.any.command',
  'trailer.any.cmd',
  'uploadpack.packObjectsHook',
  'gc.recentObjectsHook',
  'hook.any.command',
  'alias.ls-files',
  'alias.cat-file',
  'alias.any',
  'pager.ls-files',
  'pager.config',
  'pager.cat-file',
  'difftool.any.cmd',
  'mergetool.any.cmd',
  'guitool.any.cmd',
  'browser.any.cmd',
  'man.any.cmd',
  'instaweb.httpd',
  'imap.tunnel',
  'sendemail.toCmd',
  'sendemail.ccCmd',
  'sendemail.smtpServer',
]

const HOOKS: readonly string[] = [
  'post-index-change',
  'post-checkout',
  'reference-transaction',
  'fsmonitor-watchman',
  'pre-auto-gc',
  'query-watchman',
]

/** Settings that are not programs but make git use those that are. */
const OPENERS: readonly (readonly [string, string])[] = [
  ['core.attributesFile', 'ATTRIBUTES'],
  ['filter.any.required', 'true'],
  ['filter.a=b.required', 'true'],
  ['log.showSignature', 'true'],
  ['protocol.allow', 'always'],
  ['protocol.ssh.allow', 'always'],
  ['protocol.ext.allow', 'always'],
  ['hook.any.event', 'post-index-change'],
  ['extensions.partialClone', 'origin'],
  ['remote.origin.promisor', 'true'],
  ['remote.origin.url', 'ssh://example.invalid/repository'],
  ['remote.other.promisor', 'true'],
  ['remote.other.url', 'ext::sh -c CANARY% remote.ext'],
]

/** Programs that create a file when they run: one per setting, in a folder outside every work tree. */
export class Canaries {
  /** Names of settings, with values that make each one run its canary. */
  readonly settings: readonly (readonly [string, string])[]
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
    mkdirSync(join(folder, 'ran'), { recursive: true })
    mkdirSync(join(folder, 'hooks'))
    const attributes = join(folder, 'attributes')
    writeFileSync(attributes, '* filter=any diff=any merge=any\n*.md filter=a=b\n')
    const programs = KEYS.map((key, index): readonly [string, string] => {
      const program = this.#program(join(folder, `program-${index}`), key)
      return [key, key.startsWith('alias.') || key === 'submodule.any.update' ? `!${program}` : program]
    })
    for (const hook of HOOKS) this.#program(join(folder, 'hooks', hook), `hook ${hook}`)
    const ext = this.#program(join(folder, 'ext'), 'remote.ext')
    const openers = OPENERS.map(
      ([key, value]) => [key, value.replace('ATTRIBUTES', attributes).replace('CANARY%', ext)] as const,
    )
    this.settings = [...openers, ['core.hooksPath', join(folder, 'hooks')], ...programs]
  }

  /** The settings whose programs have run. */
  ran(): string[] {
    return readdirSync(join(this.#folder, 'ran')).map((name) => Buffer.from(name, 'hex').toString())
  }

  #program(path: string, name: string): string {
    const mark = join(this.#folder, 'ran', Buffer.from(name).toString('hex'))
    writeFileSync(path, `#!/bin/sh\n: > ${mark}\nexit 1\n`)
    chmodSync(path, 0o755)
    return path
  }
}
