import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'

import { SystemFault } from '../system-fault.ts'

/** What a fetch may reach. */
export interface RemoteRules {
  /** The hosts that may be asked; every host of a public address when undefined. A host that is named may have a private address. */
  readonly hosts: readonly string[] | undefined
  /** For tests alone: the certificate of a server on this machine, and leave to ask it. No configuration sets this. */
  readonly loopback?: { readonly certificateFile: string } | undefined
}

/** An address that was looked up and may be connected to. */
export interface AllowedAddress {
  readonly address: string
  readonly family: 4 | 6
}

/**
 * The address of a URL's host, if the rules allow it: https alone, no user or password, no address of a private network.
 *
 * @throws SystemFault `remote-refused`
 */
export async function allowedAddress(url: URL, rules: RemoteRules): Promise<AllowedAddress> {
  const host = url.hostname.replace(/^\[|\]$/gu, '')
  const refuse = (why: string, hint?: string): SystemFault =>
    new SystemFault({ code: 'remote-refused', message: `${url.origin} was not contacted: ${why}`, hint })
  if (url.protocol !== 'https:') throw refuse('only https is used')
  if (url.username !== '' || url.password !== '') throw refuse('its URL holds a user or a password')
  const isNamed = rules.hosts?.includes(host) ?? false
  if (rules.hosts !== undefined && !isNamed)
    throw refuse(`vendor.allow does not name ${host}`, `add ${host} to vendor.allow`)
  const found = await addressesOf(host, refuse)
  const [first] = found
  if (first === undefined) throw refuse('its host name has no address')
  const inner = found.find(({ address }) => isPrivate(address))
  const isTest = rules.loopback !== undefined && found.every(({ address }) => isLoopback(address))
  if (inner !== undefined && !isNamed && !isTest) {
    throw refuse(
      `${inner.address} is an address of a private network`,
      `name ${host} in vendor.allow if that is meant`,
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
    throw refuse('its host name cannot be resolved')
  }
}

/**
 * Ranges that are not of the public network (RFC 6890 and its successors). `::ffff:0:0/96` has no row: Node compares every IPv4 address
 * with it, and compares an address in it with the rows of IPv4.
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
