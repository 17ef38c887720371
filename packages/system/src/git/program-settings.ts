import { devNull } from 'node:os'

/** A git setting that can run a program, and a value that prevents it. `*` means any subsection. */
export interface ProgramSetting {
  readonly name: string
  readonly passive: string
}

/**
 * Every git setting that can run a program (git-config(1) of 2.39, and the few added since), whether or not the commands
 * used here read it. The names are lower case, as `git config --list` prints them.
 */
export const PROGRAM_SETTINGS: readonly ProgramSetting[] = [
  // Hooks: the hooks folder, hooks defined by settings (git 2.54), and templates copied into new repositories.
  { name: 'core.hookspath', passive: devNull },
  { name: 'hook.*.command', passive: '' },
  { name: 'hook.*.enabled', passive: 'false' },
  { name: 'init.templatedir', passive: '' },
  { name: 'core.fsmonitor', passive: 'false' },
  { name: 'uploadpack.packobjectshook', passive: '' },
  { name: 'gc.recentobjectshook', passive: '' },
  { name: 'core.alternaterefscommand', passive: '' },
  // Filters, diff and merge drivers.
  { name: 'filter.*.clean', passive: '' },
  { name: 'filter.*.smudge', passive: '' },
  { name: 'filter.*.process', passive: '' },
  { name: 'filter.*.required', passive: 'false' },
  { name: 'diff.external', passive: '' },
  { name: 'diff.*.command', passive: '' },
  { name: 'diff.*.textconv', passive: '' },
  { name: 'diff.*.trustexitcode', passive: 'false' },
  { name: 'merge.*.driver', passive: '' },
  { name: 'interactive.difffilter', passive: '' },
  { name: 'tar.*.command', passive: '' },
  { name: 'trailer.*.command', passive: '' },
  { name: 'trailer.*.cmd', passive: '' },
  // Pagers, prompts, editors, aliases and viewers.
  { name: 'core.pager', passive: 'cat' },
  { name: 'pager.*', passive: 'false' },
  { name: 'core.editor', passive: 'false' },
  { name: 'sequence.editor', passive: 'false' },
  { name: 'core.askpass', passive: '' },
  { name: 'credential.helper', passive: '' },
  { name: 'credential.*.helper', passive: '' },
  { name: 'alias.*', passive: '' },
  { name: 'alias.*.command', passive: '' },
  { name: 'difftool.*.cmd', passive: '' },
  { name: 'difftool.*.path', passive: '' },
  { name: 'mergetool.*.cmd', passive: '' },
  { name: 'mergetool.*.path', passive: '' },
  { name: 'guitool.*.cmd', passive: '' },
  { name: 'browser.*.cmd', passive: '' },
  { name: 'browser.*.path', passive: '' },
  { name: 'man.*.cmd', passive: '' },
  { name: 'man.*.path', passive: '' },
  { name: 'web.browser', passive: '' },
  { name: 'help.browser', passive: '' },
  { name: 'instaweb.httpd', passive: '' },
  { name: 'instaweb.browser', passive: '' },
  // Remotes, mail and submodules.
  { name: 'core.sshcommand', passive: 'false' },
  { name: 'core.gitproxy', passive: '' },
  { name: 'imap.tunnel', passive: '' },
  { name: 'sendemail.smtpserver', passive: '' },
  { name: 'sendemail.tocmd', passive: '' },
  { name: 'sendemail.cccmd', passive: '' },
  { name: 'sendemail.headercmd', passive: '' },
  { name: 'remote.*.vcs', passive: '' },
  { name: 'remote.*.uploadpack', passive: 'false' },
  { name: 'remote.*.receivepack', passive: 'false' },
  { name: 'remote.*.promisor', passive: 'false' },
  { name: 'submodule.*.update', passive: 'none' },
  { name: 'protocol.allow', passive: 'never' },
  { name: 'protocol.*.allow', passive: 'never' },
  // Signing and verifying signatures.
  { name: 'gpg.program', passive: 'false' },
  { name: 'gpg.*.program', passive: 'false' },
  { name: 'gpg.ssh.defaultkeycommand', passive: '' },
  { name: 'log.showsignature', passive: 'false' },
  // Not a program: a folder that looks like a repository is not used as one.
  { name: 'safe.barerepository', passive: 'explicit' },
]

const EXACT = PROGRAM_SETTINGS.filter(({ name }) => !name.includes('*'))
const BY_SUBSECTION = PROGRAM_SETTINGS.filter(({ name }) => name.includes('*')).map(({ name, passive }) => {
  const [section, ...rest] = name.split('.*')
  return { start: `${section}.`, end: rest.join(''), passive }
})

/**
 * The environment that keeps git from running programs named in its settings. It uses variables instead of `-c` options,
 * because a subsection may contain an equals sign.
 *
 * @param listed the names of all effective settings, as `git config --list --name-only` prints them
 */
export function passiveSettings(listed: Iterable<string>): Record<string, string> {
  const settings = new Map(EXACT.map(({ name, passive }) => [name, passive]))
  for (const name of listed) {
    const setting = BY_SUBSECTION.find(
      ({ start, end }) =>
        name.startsWith(start) && name.endsWith(end) && name.length > start.length + end.length,
    )
    if (setting !== undefined && !settings.has(name)) settings.set(name, setting.passive)
    // git fails when a required filter has no `smudge` command.
    const filter = /^(filter\.[^]+)\.[^.]+$/u.exec(name)?.[1]
    if (filter !== undefined) settings.set(`${filter}.required`, 'false')
  }
  const environment: Record<string, string> = { GIT_CONFIG_COUNT: String(settings.size) }
  let count = 0
  for (const [name, value] of settings) {
    environment[`GIT_CONFIG_KEY_${count}`] = name
    environment[`GIT_CONFIG_VALUE_${count}`] = value
    count += 1
  }
  return environment
}
