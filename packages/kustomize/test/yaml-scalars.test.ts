import { spawnSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { diskView, Tree } from '@overlay-render/system'
import { afterAll, expect, test } from 'vitest'

import { walkInputs } from '../src/index.ts'
import { allKustomizes } from './oracles.ts'
import { makeTree, removeTrees } from './scratch-tree.ts'

/** Spellings of a value for a field that must be text. */
const SCALARS = [
  'y',
  'Y',
  'n',
  'N',
  'yes',
  'Yes',
  'YES',
  'yEs',
  'no',
  'on',
  'ON',
  'On',
  'oN',
  'off',
  'true',
  'True',
  'TRUE',
  'tRue',
  '~',
  'null',
  'Null',
  'NULL',
  'nULL',
  '',
  '"x"',
  "'y'",
  '012',
  '0o12',
  '08',
  '09.5',
  '0x1f',
  '0X1F',
  '0b11',
  '-0b11',
  '1_000',
  '_1',
  '1__0',
  '1e3',
  '1E3',
  '1e',
  '+1',
  '-1',
  '--1',
  '.5',
  '5.',
  '.',
  '..',
  '-',
  '+',
  '.e3',
  '1.5e-3',
  '.inf',
  '.Inf',
  '.INF',
  '-.inf',
  '+.inf',
  '.iNF',
  '.nan',
  '.NaN',
  '.NAN',
  '1:30',
  '1:30:00',
  '190:20:30.15',
  '2001-12-14',
  '2001-12-14t21:59:43.10-05:00',
  '2001-1-1',
  '20011214',
  '!!str 12',
  '!!str y',
  '!!int "12"',
  '!!bool "yes"',
  '!!float 1',
  '!foo a',
  '! 12',
  '!!null ""',
  '!!binary aGVsbG8=',
  '&a x',
  '0777777777777777777777777',
  '9223372036854775808',
  '18446744073709551616',
  '-9223372036854775809',
  '0x',
  '0b',
  '1.2.3',
  '1.',
  '1_0.5',
  '=',
  '<<',
  '@a',
  '`a',
  '%a',
  'a: b',
  'a #c',
  '[a]',
  '{a: b}',
  '|\n  y',
  '>\n  12',
  '"12"',
  '!!timestamp 2001-12-14',
  '0.1.',
  '1e400',
  '0x_1',
  '0_1',
  '1_',
  'é',
  '\u00a0',
  '"\\u0041"',
  "'it''s'",
  '!!set {a}',
  '? a',
  '*x',
  '!<tag:yaml.org,2002:str> 12',
  '-0',
  '+0',
  '00',
  '0o8',
  '0b2',
  '-x',
  '0xg',
  'NaN',
  'inf',
  'Infinity',
  '1 2',
  'tRUE',
  'nO',
  '~x',
  'null1',
]

afterAll(removeTrees)

test('every spelling is text exactly if it is text for kustomize', async () => {
  const tree = await makeTree({ 'cm.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n' })
  const binaries = await allKustomizes()
  const differ: string[] = []
  for (const scalar of SCALARS) {
    await writeFile(join(tree, 'kustomization.yaml'), `resources: [cm.yaml]\nnamespace: ${scalar}\n`)
    for (const { path, version } of binaries) {
      const { status } = spawnSync(path, ['build', tree], { env: {} })
      const { faults } = walkInputs(tree, { tree: new Tree(diskView, { boundary: [tree] }), version })
      if ((status === 0) !== (faults.length === 0)) differ.push(`${version}: ${scalar}`)
    }
  }
  expect(differ).toEqual([])
})
