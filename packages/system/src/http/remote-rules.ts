import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'

import { SystemFault } from '../system-fault.ts'

/** Which servers a fetch may contact. */
export interface RemoteRules {
  /** The allowed hosts, which may have private addresses; every host with a public address when undefined. */
  readonly hosts: readonly string[] | undefined
  /** For tests only: allows a server on this machine, with this certificate. No configuration sets it. */
  readonly loopback?: { readonly certificateFile: string } | undefined
}

/** A resolved address that the rules allow. */
export interface AllowedAddress {
  readonly address: string
  readonly family: 4 | 6
}

/**
 * Resolves a URL's host and checks the rules: only https, no user or password in the URL, no private address.
 *
 * @throws SystemFault `remote-refused`
 */
export async function allowedAddress(url: URL, rules: RemoteRules): Promise<AllowedAddress> {
  const host = url.hostname.replace(/^\[|\]$/gu, '')
  const refuse = (why: string, hint?: string): SystemFault =>
    new SystemFault({ code: 'remote-refused', message: `${url.origin} was not contacted: ${why}`, hint })
  if (url.protocol !== 'https:') throw refuse('only https URLs are allowed')
  if (url.username !== '' || url.password !== '') throw refuse('the URL contains a user or a password')
  const isNamed = rules.hosts?.includes(host) ?? false
  if (rules.hosts !== undefined && !isNamed)
    throw refuse(`${host} is not in vendor.allow`, `add ${host} to vendor.allow`)
  const found = await addressesOf(host, refuse)
  const [first] = found
  if (first === undefined) throw refuse('the host name has no address')
  const inner = found.find(({ address }) => isPrivate(address))
  const isTest = rules.loopback !== undefined && found.every(({ address }) => isLoopback(address))
  if (inner !== undefined && !isNamed && !isTest) {
    throw refuse(
      `${inner.address} is an address of a private network`,
      `add ${host} to vendor.allow to permit it`,
    )
  }
  return first
}

async function addressesOf(host: string, refuse: (why: string) => SystemFault): Promise<AllowedAddress[]> {
  const family = isIP(host)
  if (family === 4 || family === 6) return [{ address: host, family }]
  try {
    const found = await lookup(host, { all: true, verbatim: true })
    return found.map((one) => ({ address: one.address, family: one.family === 6 ? 6 : 4 }))
  } catch {
    throw refuse('the host name cannot be resolved')
  }
}

/**
 * Address ranges that are not public (RFC 6890 and its successors). `::ffff:0:0/96` has no row: Node matches every IPv4 address
 * with it, and matches addresses in it with the IPv4 rows.
 */
const PRIVATE: readonly (readonly [network: string, prefix: number, type: 'ipv4' | 'ipv6'])[] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.0.2.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  ['::', 96, 'ipv6'],
  ['64:ff9b::', 96, 'ipv6'],
  ['64:ff9b:1::', 48, 'ipv6'],
  ['2001:db8::', 32, 'ipv6'],
  ['2002::', 16, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 9, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
]

const privateRanges = new BlockList()
for (const [network, prefix, type] of PRIVATE) privateRanges.addSubnet(network, prefix, type)

function isPrivate(address: string): boolean {
  return privateRanges.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}

function isLoopback(address: string): boolean {
  return /^127\.|^::1$/u.test(address)
}
