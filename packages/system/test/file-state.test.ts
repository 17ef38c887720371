import { expect, test } from 'vitest'

import { keepsChangeTimes } from '../src/tree/file-state.ts'

const isLinux = process.platform === 'linux'
const reason = isLinux ? '' : ' (skipped: the types are those of Linux)'

let device = -1n

test.skipIf(!isLinux).each([
  ['ext4', 0xef53, true],
  ['tmpfs', 0x01021994, true],
  ['overlayfs', 0x794c7630, true],
  ['FAT', 0x4d44, false],
  ['exFAT', 0x2011bab0, false],
  ['squashfs', 0x73717368, false],
  ['ISO 9660', 0x9660, false],
  ['FUSE, such as sshfs', 0x65735546, false],
  ['NFS', 0x6969, false],
  ['9p', 0x01021997, false],
  ['a type that nobody knows', 0x12345678, false],
])(`the times of a file on %s identify its content (type %d): %s${reason}`, (_name, type, keeps) => {
  const dev = device--
  expect(keepsChangeTimes('/file', { dev }, () => type)).toBe(keeps)
  // Asked once for each file system.
  expect(keepsChangeTimes('/file', { dev }, () => 0)).toBe(keeps)
})

test.skipIf(!isLinux)(`a file system that cannot be asked is not believed${reason}`, () => {
  expect(keepsChangeTimes('/no/such/file', { dev: device-- })).toBe(false)
})
