import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

const MODULES =
  process.env['GOMODCACHE'] ?? join(process.env['GOPATH'] ?? join(homedir(), 'go'), 'pkg', 'mod')

/** The folder of yq's library, including its manual and tests, in Go's module cache. */
export const YQ_LIBRARY: string = join(MODULES, 'github.com', 'mikefarah', 'yq', 'v4@v4.53.6', 'pkg', 'yqlib')

export const hasYqSources: boolean = existsSync(YQ_LIBRARY)
