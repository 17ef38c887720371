import { RenderCache } from '@overlay-render/render'

import type { CommandRow } from './command-row.ts'

/** The commands about the cache. */
export const cacheRows: readonly CommandRow[] = [
  {
    name: 'cache info',
    summary: 'show where renders are kept between runs, and their size',
    examples: [{ line: 'cache info', meaning: 'the folder, and its size' }],
    run: async (context) =>
      (await import('../commands/cache.ts')).cacheInfoCommand(context, context.cache ?? new RenderCache()),
  },
  {
    name: 'cache clear',
    summary: 'remove all renders that are kept',
    examples: [{ line: 'cache clear', meaning: 'the next render starts without a cache' }],
    run: async (context) =>
      (await import('../commands/cache.ts')).cacheClearCommand(context, context.cache ?? new RenderCache()),
  },
]
