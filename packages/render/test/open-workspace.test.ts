import { join } from 'node:path'

import { expect, test } from 'vitest'

import { openWorkspace } from '../src/open-workspace.ts'
import { layTree } from './temporary-tree.ts'

test.each(['nowhere', 'a-file', 'a-file/below', 'ring', 'empty'])(
  'there is no workspace at %s',
  async (path) => {
    const root = layTree({ 'a-file': '', ring: '-> ring', 'empty/.keep': '' })
    await expect(openWorkspace(join(root, path))).rejects.toMatchObject({ code: 'workspace-not-found' })
  },
)
