import { constants, readFileSync, readlinkSync } from 'node:fs'

/**
 * Whether the command was started without standard output (`>&-`). Node then opens /dev/null for reading and writing, unlike `>
 * /dev/null` of a shell. But a parent may do that on purpose (`stdio: 'ignore'` of Node, `DEVNULL` of Python), so only a command
 * that is useless without output may fail for it. Only Linux tells how a file was opened.
 */
export function isStdoutClosed(): boolean {
  try {
    const flags = /^flags:\s*([0-7]+)$/mu.exec(readFileSync('/proc/self/fdinfo/1', 'utf8'))?.[1] ?? '0'
    const isBoth = (Number.parseInt(flags, 8) & (constants.O_RDWR | constants.O_WRONLY)) === constants.O_RDWR
    return isBoth && readlinkSync('/proc/self/fd/1') === '/dev/null'
  } catch {
    return false
  }
}
