import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { IN_CLUSTER, openKubectl } from '../src/index.ts'

describe('the kubectl that is run', () => {
  let folder: string
  beforeEach(() => (folder = realpathSync(mkdtempSync(join(tmpdir(), 'kubectl-')))))
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  /** A kubectl that prints its arguments and environment. */
  const place = (name: string): string => {
    const bin = join(folder, name)
    mkdirSync(bin, { recursive: true })
    const script = `#!/bin/sh\necho ${name} "$@" "KUBECONFIG=$KUBECONFIG" "PATH=$PATH"\n`
    writeFileSync(join(bin, 'kubectl'), script)
    chmodSync(join(bin, 'kubectl'), 0o755)
    return bin
  }

  test('is never one of the tree, and its PATH has no folder of the tree', async () => {
    const [tree, own] = [place('tree/node_modules/.bin'), place('own')]
    const PATH = ['bin', tree, own].join(delimiter)
    const kubectl = await openKubectl({
      context: 'prod',
      environment: { PATH },
      guarded: [join(folder, 'tree')],
    })
    expect((await kubectl.run(['version'])).stdout).toBe(
      `own --context=prod version KUBECONFIG= PATH=${own}\n`,
    )
  })

  test('is missing where only the tree has one', async () => {
    const environment = { PATH: place('tree') }
    const opened = openKubectl({ context: 'prod', environment, guarded: [join(folder, 'tree')] })
    await expect(opened).rejects.toMatchObject({ code: 'program-missing' })
  })

  test('never reads a kubeconfig relative to the current folder', async () => {
    const environment = { PATH: place('own'), KUBECONFIG: 'kubeconfig' }
    await expect(openKubectl({ context: 'prod', environment })).rejects.toMatchObject({
      code: 'kubeconfig-relative',
    })
  })

  test('is not run with an empty context, which would be the current one', async () => {
    await expect(openKubectl({ context: '', environment: { PATH: place('own') } })).rejects.toMatchObject({
      code: 'context-unknown',
    })
  })

  test('gets a context that looks like a flag as a name', async () => {
    const PATH = place('own')
    const kubectl = await openKubectl({ context: '--kubeconfig=evil', environment: { PATH } })
    expect((await kubectl.run([])).stdout).toContain('own --context=--kubeconfig=evil KUBECONFIG=')
  })

  test('uses the service account for the context in-cluster in a pod', async () => {
    const PATH = place('own')
    const environment = { PATH, KUBERNETES_SERVICE_HOST: '10.0.0.1', KUBECONFIG: '/home/me/config' }
    const kubectl = await openKubectl({ context: IN_CLUSTER, environment })
    expect((await kubectl.run(['version'])).stdout).toContain('own version KUBECONFIG=/dev/null')
  })

  test('is stopped at the time limit: the cluster does not answer', async () => {
    const PATH = place('own')
    writeFileSync(join(folder, 'own/kubectl'), '#!/bin/sh\nexec /bin/sleep 60\n')
    const kubectl = await openKubectl({ context: 'prod', environment: { PATH } })
    await expect(kubectl.run(['get', 'nodes'], { timeout: 1000 })).rejects.toMatchObject({
      code: 'cluster-unreachable',
      sentence: 'the cluster of context prod did not answer kubectl get within 1 seconds',
    })
  })
})
