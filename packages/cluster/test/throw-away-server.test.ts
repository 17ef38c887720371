import { existsSync } from 'node:fs'
import { dirname } from 'node:path'

import { runProcess } from '@overlay-render/system'
import { describe, expect, test } from 'vitest'

import { kubernetes } from '../../../test/support/oracles.ts'
import { skipReason } from '../../../test/support/needs.ts'
import { startThrowAwayServer } from '../src/index.ts'

const programs = kubernetes()

describe.skipIf(programs === undefined)(`a throw-away API server${skipReason('kubernetes')}`, () => {
  test('answers kubectl, and leaves no files after dispose', async () => {
    if (programs === undefined) return
    const server = await startThrowAwayServer(programs)
    try {
      const args = ['--kubeconfig', server.kubeconfig, 'get', 'namespaces', '-o', 'name']
      // kubectl caches the API of a server in HOME.
      const env = { HOME: dirname(server.kubeconfig) }
      const { stdout } = await runProcess(programs.kubectl, args, { env, timeout: 30_000 })
      expect(Buffer.from(stdout).toString()).toContain('namespace/default')
    } finally {
      await server.dispose()
    }
    expect(existsSync(dirname(server.kubeconfig))).toBe(false)
  })

  test('reports that one of its programs ended', async () => {
    if (programs === undefined) return
    await expect(startThrowAwayServer({ ...programs, kubeApiServer: '/bin/false' })).rejects.toMatchObject({
      code: 'server-not-ready',
      sentence: 'kube-apiserver ended with status 1 before it was stopped',
    })
  })
})
