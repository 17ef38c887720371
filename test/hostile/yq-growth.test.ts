import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cwd, execPath } from 'node:process'

import { makeTemporaryFolder, runProcess } from '@overlay-render/system'
import { describe, expect, test } from 'vitest'

import { GROWTHS } from './yq-growth.ts'

const MEGABYTE = 1024
/** Prints the peak memory of the process in KiB. */
const PEAK = `data:text/javascript,process.on('exit',()=>process.stderr.write('peak '+process.resourceUsage().maxRSS))`

describe('overlay-render yq, on a small input that would grow or run forever', () => {
  test.each(GROWTHS)('$name', { timeout: 120_000 }, async ({ document, expression, bound }) => {
    const folder = await makeTemporaryFolder('yq-growth')
    try {
      const script = join(folder.path, 'script.yq')
      writeFileSync(script, expression)
      const command = join(cwd(), 'packages/cli/bin/overlay-render.js')
      const result = await runProcess(
        execPath,
        ['--import', PEAK, command, 'yq', '--from-file', script, '-'],
        {
          cwd: folder.path,
          env: {},
          input: document,
          timeout: 100_000,
        },
      )
      const peak = Number(/peak (\d+)$/.exec(result.stderr)?.[1])
      expect(peak).toBeLessThan(1000 * MEGABYTE)
      expect(result.exitCode).toBe(bound === undefined ? 0 : 1)
      expect(/^Error: .*/m.exec(result.stderr)?.[0] ?? '').toMatch(bound ?? /^$/)
    } finally {
      await folder.dispose()
    }
  })
})
