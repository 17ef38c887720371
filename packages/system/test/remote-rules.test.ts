import { expect, test } from 'vitest'

import { allowedAddress } from '../src/http/remote-rules.ts'

const RULES = { hosts: undefined }
const REFUSED = /is an address of a private network/u

const addressOf = async (host: string): Promise<string> =>
  (await allowedAddress(new URL(`https://${host}/file.yaml`), RULES)).address

test.each([
  ['1.1.1.1'],
  ['9.255.255.255'],
  ['11.0.0.0'],
  ['100.63.255.255'],
  ['100.128.0.0'],
  ['126.255.255.255'],
  ['128.0.0.0'],
  ['140.82.121.4'],
  ['169.253.255.255'],
  ['172.15.255.255'],
  ['172.32.0.0'],
  ['185.199.108.133'],
  ['192.167.255.255'],
  ['192.169.0.0'],
  ['223.255.255.255'],
  ['[2606:50c0:8000::154]'],
  ['[2001:4860:4860::8888]'],
  ['[::ffff:140.82.121.4]'],
])('a remote at the public address %s may be fetched', async (host) => {
  expect(await addressOf(host)).toBe(new URL(`https://${host}`).hostname.replaceAll(/[[\]]/gu, ''))
})

test.each([
  ['0.0.0.0'],
  ['10.0.0.0'],
  ['10.255.255.255'],
  ['100.64.0.0'],
  ['100.127.255.255'],
  ['127.0.0.1'],
  ['127.255.255.255'],
  ['169.254.169.254'],
  ['172.16.0.0'],
  ['172.31.255.255'],
  ['192.168.0.0'],
  ['192.168.255.255'],
  ['224.0.0.1'],
  ['255.255.255.255'],
  ['[::]'],
  ['[::1]'],
  ['[::10.0.0.1]'],
  ['[::ffff:10.0.0.1]'],
  ['[::ffff:127.0.0.1]'],
  ['[::ffff:169.254.169.254]'],
  ['[64:ff9b::a00:1]'],
  ['[2002:a00:1::]'],
  ['[fc00::1]'],
  ['[fdff::1]'],
  ['[fe80::1]'],
  ['[ff02::1]'],
])('a remote at %s, an address of a private network, is refused', async (host) => {
  await expect(addressOf(host)).rejects.toThrow(REFUSED)
})
