import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { afterAll, describe, expect, test } from 'vitest'

import { loadApi } from '../src/index.ts'
import { readMessage } from '../src/schema/read-protobuf.ts'
import { hasKubectl, installedKustomizes, kubectlPath, kustomize4 } from './oracles.ts'
import { makeTree, removeTrees } from './scratch-tree.ts'

afterAll(removeTrees)

describe('the embedded kinds of a kustomize', () => {
  test('are those of Kubernetes, with the types that the API server accepts', async () => {
    const api = await loadApi(await kustomize4(), await makeTree({}))
    expect(api?.kinds['apps/v1 Deployment']).toBe('io.k8s.api.apps.v1.Deployment')
    expect(api?.kinds['v1 Service']).toBe('io.k8s.api.core.v1.Service')
    expect(api?.kinds['v1 DeleteOptions'], 'no object').toBeUndefined()
    const of = (name: string) => api?.definitions[`io.k8s.${name}`]
    expect(of('api.apps.v1.DeploymentSpec')).toMatchObject({
      type: 'object',
      required: ['selector', 'template'],
      properties: { replicas: { type: 'int32' }, template: { ref: 'io.k8s.api.core.v1.PodTemplateSpec' } },
    })
    expect(of('apimachinery.pkg.api.resource.Quantity')).toEqual({ type: 'quantity' })
    expect(of('apimachinery.pkg.util.intstr.IntOrString')).toEqual({ type: 'int-or-text' })
    expect(of('api.core.v1.Secret')?.properties?.['data']).toEqual({
      type: 'object',
      values: { type: 'bytes' },
    })
    expect(of('api.core.v1.Container')?.properties?.['resizePolicy'], 'came after 1.21').toEqual({})
    expect(of('api.apps.v1.StatefulSetSpec')?.required, 'not serviceName any more').toEqual([
      'selector',
      'template',
    ])
  })

  test('are the same for every version with the same document, in JSON or protobuf', async () => {
    const [first, ...others] = (await installedKustomizes()).filter(
      ({ version }) => !version.startsWith('3.'),
    )
    const programs = hasKubectl ? [...others, { path: kubectlPath, sha256: 'kubectl' }] : others
    const store = await makeTree({})
    expect(first).toBeDefined()
    const expected = first && (await loadApi(first, store))
    for (const program of programs) expect(await loadApi(program, store)).toEqual(expected)
  })

  test('are older ones in kustomize 3', async () => {
    for (const program of (await installedKustomizes()).filter(({ version }) => version.startsWith('3.'))) {
      const api = await loadApi(program, await makeTree({}))
      expect(api?.kinds['apps/v1 Deployment']).toBeDefined()
      expect(api?.kinds['batch/v1 CronJob']).toBeUndefined()
    }
  })

  test('are cached by the digest of the binary, and a damaged cache is replaced', async () => {
    const store = await makeTree({})
    const kustomize = await kustomize4()
    const api = await loadApi(kustomize, store)
    const kept = join(store, `api-2-${kustomize.sha256}.json`)
    expect((await readFile(kept)).length).toBeLessThan(250_000)
    for (const damage of ['', '{"definitions": {', '{}', '[]']) {
      await writeFile(kept, damage)
      expect(await loadApi(kustomize, store)).toEqual(api)
    }
    await writeFile(kept, '{"definitions": {}, "kinds": {}}')
    expect(await loadApi({ ...kustomize, path: '/nowhere' }, store)).toEqual({ definitions: {}, kinds: {} })
  })

  test('are undefined for a program without them, and do not need a writable store', async () => {
    const tree = await makeTree({ program: 'no program', file: '' })
    expect(await loadApi({ path: join(tree, 'program'), sha256: 'x' }, tree)).toBeUndefined()
    expect(await loadApi(await kustomize4(), join(tree, 'file'))).toBeDefined()
  })
})

test('an incomplete or invalid protobuf message is an error', () => {
  const message = Buffer.from([0x0a, 3, 0x61, 0x62, 0x63, 0x10, 0x96, 1])
  expect([...readMessage(message)]).toEqual([
    [1, [Buffer.from('abc')]],
    [2, [150]],
  ])
  for (const length of [1, 2, 4, 6, 7])
    expect(() => readMessage(message.subarray(0, length))).toThrow(RangeError)
  expect(() => readMessage(Buffer.from([0x0b, 0, 0, 0, 0]))).toThrow(RangeError)
})
