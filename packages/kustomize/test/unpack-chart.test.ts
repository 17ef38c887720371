import { gzipSync } from 'node:zlib'

import { createTar } from 'nanotar'
import { expect, test } from 'vitest'

import { unpackChart } from '../src/index.ts'

// Archives of charts are untrusted input.

const CHART = { name: 'c/Chart.yaml', data: 'name: c\n' }

function pack(files: readonly { readonly name: string; readonly data: string }[]): Buffer {
  return gzipSync(createTar([...files]))
}

/** An archive with one changed header. */
function withHeader(change: (header: Buffer) => void): Buffer {
  const tar = Buffer.from(createTar([CHART, { name: 'c/x', data: 'x' }]))
  change(tar.subarray(1024, 1536))
  return gzipSync(tar)
}

test('the files of a chart are unpacked without the top folder', () => {
  const files = unpackChart(pack([CHART, { name: 'c/templates/a.yaml', data: 'a: b\n' }]))
  expect([...files.keys()]).toEqual(['Chart.yaml', 'templates/a.yaml'])
  expect(Buffer.from(files.get('templates/a.yaml') ?? []).toString()).toBe('a: b\n')
})

const REFUSED: readonly (readonly [what: string, archive: () => Buffer, says: RegExp])[] = [
  ['a file that is not gzip', () => Buffer.from('no archive'), /not a gzip file/u],
  ['a file that is not tar', () => gzipSync('x'.repeat(2000)), /not a tar archive/u],
  ['a chart without Chart.yaml', () => pack([{ name: 'c/x', data: '' }]), /no Chart\.yaml/u],
  ['a gzip bomb', () => gzipSync(Buffer.alloc(80 * 1024 * 1024)), /unpacks to more than/u],
  ['a link', () => withHeader((header) => header.write('2', 156)), /a link/u],
  ['an invalid size', () => withHeader((header) => header.write('-0000001000', 124)), /not a tar archive/u],
  [
    'a size beyond the end',
    () => withHeader((header) => header.write('77777777777', 124)),
    /its end is missing/u,
  ],
  [
    'very many files',
    () => pack([CHART, ...Array.from({ length: 10_001 }, (_, at) => ({ name: `c/${at}`, data: '' }))]),
    /more than 10000 files/u,
  ],
]

test.each(REFUSED)('%s is an error', (_what, archive, says) => {
  expect(() => unpackChart(archive())).toThrow(says)
})

test('no file is outside of the folder of the chart', () => {
  for (const name of ['c/../../../etc/passwd', '/etc/passwd', 'c/a/../../../b', String.raw`c\..\..\b`]) {
    let paths: string[] = []
    try {
      paths = [...unpackChart(pack([CHART, { name, data: 'x' }])).keys()]
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
    }
    expect(paths.filter((path) => path.split('/').includes('..') || path.startsWith('/'))).toEqual([])
  }
})
