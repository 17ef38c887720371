import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import type { Browser, BrowserContextOptions, Frame, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { diffManifests, formatReport, parseManifests } from '../src/index.ts'
import { CHROMIUM, lensPage, openBrowser } from './support/browser.ts'
import { CANARY, HOSTILE, largeDiff, sampleDiff } from './support/sample.ts'

/** Created once, because fingerprints differ between reports. */
const REPORT = formatReport(
  [
    { title: 'testing', diff: sampleDiff(), acceptCommand: 'overlay-render golden update testing' },
    { title: 'production <main>', diff: largeDiff(8) },
  ],
  'html',
)

test('the report is self-contained', () => {
  const html = REPORT.replace(/<script>[\s\S]*<\/script>/u, '')
  expect(html).not.toMatch(/\b(?:src|action)\s*=|@import|url\(|<link/iu)
  expect(html.match(/href="[^"]*"/gu)?.every((link) => link.startsWith('href="#'))).toBe(true)
})

test('each changed value shows its explain command', () => {
  const manifests = (image: string, file: string): ReturnType<typeof parseManifests> =>
    parseManifests(
      `apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: prow}\nspec: {containers: [{name: a, image: ${image}}]}\n` +
        `---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: config}\ndata:\n  config.yaml: |\n    deck: {url: ${image}}\n`,
      { file },
    )
  const diff = diffManifests(manifests('a:1', 'before'), manifests('b:2', 'after'))
  const explainCommand = ({ kind, name }: { kind: string; name: string }, path: string): string =>
    `explain ${kind}/${name} ${path}`
  const html = formatReport([{ title: 'testing', diff, explainCommand }], 'html').replaceAll('<wbr>', '')
  expect(html).toContain('explain Pod/web .spec.containers[0].image')
  expect(html.replaceAll(/&amp;quot;|&quot;|&#34;|&amp;#34;/gu, '"')).toContain(
    'explain ConfigMap/config .data["config.yaml"].deck.url',
  )
  expect(formatReport([{ title: 'testing', diff }], 'html')).not.toContain('explain Pod')
})

test('the names of the two sides are shown once', () => {
  const diff = sampleDiff()
  const arrows = (title: string): number =>
    formatReport([{ title, diff }], 'html').match(/class="sides"/gu)?.length ?? 0
  expect(arrows('testing')).toBe(1)
  expect(arrows(`${diff.before} → ${diff.after}`)).toBe(0)
})

test('the heading says all that a reader must know first', () => {
  const same = diffManifests(parseManifests('', { file: 'a' }), parseManifests('', { file: 'b' }))
  const jobs = { title: 'Prow jobs', summary: '2 of 9 jobs change', text: '- presubmit a\n- presubmit b' }
  const failed = { title: 'staging', problem: 'no kustomization' }
  const heading = (...entries: Parameters<typeof formatReport>[0]): string | undefined =>
    /<h1>(.*?)<\/h1>/u.exec(formatReport(entries, 'html'))?.[1]
  expect(heading({ title: 'testing', diff: same })).toBe('No differences')
  expect(heading({ title: 'testing', diff: same }, jobs)).toBe(
    'No resource differs; Prow jobs: 2 of 9 jobs change',
  )
  expect(heading({ title: 'testing', diff: largeDiff(8) }, jobs, failed)).toBe(
    'Differences in 8 resources; 1 comparison failed; Prow jobs: 2 of 9 jobs change',
  )
})

test('effects are counted, and collapsed when there are many', () => {
  const deployments = (count: number, image: string): string =>
    Array.from(
      { length: count },
      (_, index) =>
        `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d${index}}\nspec: {template: {image: ${image}}}\n`,
    ).join('---\n')
  const report = (count: number): string => {
    const [before, after] = ['a', 'b'].map((image) =>
      parseManifests(deployments(count, image), { file: image }),
    )
    if (before === undefined || after === undefined) throw new Error('no manifests')
    return formatReport([{ title: 'testing', diff: diffManifests(before, after) }], 'html')
  }
  expect(report(3)).toContain('<details class="effects" open>')
  expect(report(40)).toContain(
    '<details class="effects"><summary>Applying it <span class="note">pods roll: 40</span>',
  )
})

test('no attribute contains text from a manifest, and no reference is directly before a letter', () => {
  const html = REPORT
  expect(html).not.toMatch(/="[^"]*(?:alert|none)[^"]*"/u)
  expect(html.match(/&[a-z]+;(?!<wbr>)/giu)).toBeNull()
})

test('the style sheet fits a frame that is as high as its content', () => {
  const style = /<style>([\s\S]*)<\/style>/u.exec(REPORT)?.[1] ?? ''
  expect(style).not.toMatch(/\dvh\b|sticky|position:\s*fixed|overflow-y/u)
})

describe.skipIf(CHROMIUM === undefined)('in a browser (skipped where Chromium is missing)', () => {
  let browser: Browser
  let folder: string
  beforeAll(async () => {
    browser = await openBrowser()
    folder = await mkdtemp(join(tmpdir(), 'overlay-render-report-'))
  })
  afterAll(async () => {
    await browser.close()
    await rm(folder, { recursive: true })
  })

  const open = async (html: string, options: BrowserContextOptions = {}, hash = ''): Promise<Page> => {
    const context = await browser.newContext({ viewport: { width: 1000, height: 700 }, ...options })
    const page = await context.newPage()
    const problems: string[] = []
    page.on('pageerror', (error) => problems.push(error.message))
    page.on('request', (request) => {
      if (!/^(?:file|about|data):/u.test(request.url())) problems.push(request.url())
    })
    page.on('dialog', (dialog) => problems.push(`dialog ${dialog.message()}`))
    page.on('close', () => expect(problems).toEqual([]))
    const file = join(folder, `${String(Math.random()).slice(2)}.html`)
    await writeFile(file, html)
    await page.goto(pathToFileURL(file).href + hash)
    return page
  }
  const openInLens = async (html: string): Promise<{ page: Page; frame: Frame }> => {
    const page = await open(lensPage(html))
    const frame = page.frames().find((candidate) => candidate !== page.mainFrame())
    if (frame === undefined) throw new Error('the lens has no frame')
    await frame.waitForLoadState('load')
    return { page, frame }
  }
  const close = async (page: Page): Promise<void> => page.context().close()
  const allText = async (page: Page | Frame): Promise<string> =>
    page.evaluate<string>(`document.getElementById('report').textContent`)

  test('text from manifests reads exactly as it is, as a file and in the lens', async () => {
    const page = await open(REPORT)
    const asFile = await allText(page)
    expect(asFile).toContain(JSON.stringify(HOSTILE))
    expect(asFile).toContain('production <main>')
    expect(asFile).not.toContain(CANARY)
    await close(page)

    const lens = await openInLens(REPORT)
    expect(await allText(lens.frame)).toBe(asFile)
    expect(await lens.frame.locator('none, b:not(summary b, li b), main main, section script').count()).toBe(
      0,
    )
    await close(lens.page)
  })

  test('the lens is as high as the report, also when collapsed or side by side', async () => {
    const { page, frame } = await openInLens(REPORT)
    const fits = async (): Promise<void> => {
      await expect
        .poll(async () => {
          const shown = await page.evaluate<number>(`document.querySelector('iframe').offsetHeight`)
          const wanted = await frame.evaluate<number>('document.documentElement.scrollHeight')
          return Math.abs(shown - wanted)
        })
        .toBeLessThanOrEqual(1)
    }
    const height = async (): Promise<number> =>
      frame.evaluate<number>(`document.getElementById('report').offsetHeight`)
    await fits()
    const unified = await height()
    await frame.locator('#split').check()
    await fits()
    expect(await height()).toBeLessThan(unified)
    await frame.locator('#collapse').click()
    await fits()
    expect(await height()).toBeLessThan(unified / 2)
    await frame.locator('details.resource summary').first().click()
    await fits()
    await close(page)
  })

  test('old and new lines are in two columns side by side, and below each other in the unified view', async () => {
    const page = await open(REPORT)
    const boxes = async (): Promise<{ old: number; fresh: number }> => {
      const pair = page.locator('.pair:has(del):has(ins)').first()
      const left = async (tag: string): Promise<number> =>
        (await pair.locator(tag).first().boundingBox())?.x ?? 0
      return { old: await left('del'), fresh: await left('ins') }
    }
    const unified = await boxes()
    expect(unified.old).toBe(unified.fresh)
    await page.locator('#split').check()
    const split = await boxes()
    expect(split.fresh).toBeGreaterThan(split.old + 300)
    await close(page)
  })

  test.each(['light', 'dark'] as const)(
    'follows the system theme %s unless the user chooses another',
    async (colorScheme) => {
      const page = await open(REPORT, { colorScheme })
      const background = async (): Promise<string> =>
        page.evaluate<string>(`getComputedStyle(document.getElementById('report')).backgroundColor`)
      const dark = 'rgb(13, 17, 23)'
      const light = 'rgb(255, 255, 255)'
      expect(await background()).toBe(colorScheme === 'dark' ? dark : light)
      await page.locator(colorScheme === 'dark' ? '#light' : '#dark').check()
      expect(await background()).toBe(colorScheme === 'dark' ? light : dark)
      await close(page)
    },
  )

  test('search shows the resources that contain all words', async () => {
    const page = await open(REPORT)
    await page.keyboard.press('/')
    await page.keyboard.type('roleref clusterrole')
    expect(await page.locator('.resource:visible').count()).toBe(1)
    expect(await page.locator('#found').textContent()).toBe('1 of 16')
    await page.keyboard.press('Escape')
    expect(await page.locator('.resource:visible').count()).toBe(16)
    await close(page)
  })

  test('keyboard shortcuts move between resources, collapse them and change the view', async () => {
    const page = await open(REPORT)
    const focused = async (): Promise<string> =>
      page.evaluate<string>(`document.activeElement.closest('details')?.id`)
    await page.keyboard.press('c')
    expect(await page.locator('.resource[open]').count()).toBe(0)
    await page.keyboard.press('j')
    expect(await focused()).toBe('testing.Service.prow.gone')
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('k')
    expect(await focused()).toBe('testing.ConfigMap.prow.plugins-7h4t9gfk2b')
    await page.keyboard.press('Enter')
    expect(await page.locator('.resource[open]').count()).toBe(1)
    await page.keyboard.press('e')
    expect(await page.locator('.resource[open]').count()).toBe(16)
    await page.keyboard.press('v')
    expect(await page.locator('#split').isChecked()).toBe(true)
    await page.keyboard.press('t')
    expect(await page.locator('#light').isChecked()).toBe(true)
    await close(page)
  })

  test('a link to a resource opens it', async () => {
    const page = await open(
      formatReport([{ title: 'many', diff: largeDiff(60) }], 'html'),
      {},
      '#many.ConfigMap.n1.config-8',
    )
    expect(await page.locator('.resource[open]').count()).toBe(1)
    expect(await page.locator('.resource[open] .name').textContent()).toBe('ConfigMap n1/config-8')
    await page.locator('.resource:not([open]) summary a').first().click()
    expect(await page.locator('.resource[open]').count()).toBe(2)
    expect(page.url()).toMatch(/#many\.ConfigMap\.n/u)
    await close(page)
  })

  test('without JavaScript everything is readable, and the views work', async () => {
    const page = await open(REPORT, { javaScriptEnabled: false })
    expect(await page.locator('.resource').count()).toBe(16)
    expect(await page.locator('#search').isVisible()).toBe(false)
    expect(await page.locator('.resource >> text=deck:v2').first().isVisible()).toBe(true)
    await page.locator('#split').check()
    const pair = page.locator('.pair', { hasText: 'deck:v2' }).first()
    const old = await pair.locator('del').first().boundingBox()
    const fresh = await pair.locator('ins').first().boundingBox()
    expect(fresh?.x).toBeGreaterThan((old?.x ?? 0) + 300)
    await close(page)
  })

  test('a thousand changed resources can be searched and opened, also in the lens', async () => {
    const html = formatReport([{ title: 'large', diff: largeDiff(1000) }], 'html')
    const { page, frame } = await openInLens(html)
    await frame.locator('#search').fill('n3/config-990')
    expect(await frame.locator('.resource:visible').count()).toBe(1)
    await frame.locator('#search').fill('')
    await frame.locator('#expand').click()
    expect(await frame.locator('.resource[open]').count()).toBe(1000)
    expect(await frame.locator('.resource:visible').count()).toBe(1000)
    await close(page)
  })

  test.each(['light', 'dark'] as const)(
    'the page below a short report has the colour of the report (%s)',
    async (colorScheme) => {
      const same = diffManifests(parseManifests('', { file: 'a' }), parseManifests('', { file: 'b' }))
      const short = formatReport([{ title: 'testing', diff: same }], 'html')
      const page = await open(short, { colorScheme, viewport: { width: 400, height: 900 } })
      const colourOf = async (place: string): Promise<string> =>
        page.evaluate<string>(`getComputedStyle(document.querySelector('${place}')).backgroundColor`)
      expect(await colourOf('body')).toBe(await colourOf('.report'))
      await close(page)
    },
  )

  test('on a narrow screen nothing is wider than the screen', async () => {
    const word = 'a'.repeat(200)
    const long = (value: string): string =>
      `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${word}}\nspec: {template: {${word}: ${word}${value}}}\n`
    const read = (value: string) => parseManifests(long(value), { file: word })
    const diff = diffManifests(read('1'), read('2'))
    const titles = [word, `${word}2`].map((title) => ({ title, diff, acceptCommand: word }))
    for (const html of [REPORT, formatReport(titles, 'html')]) {
      const page = await open(html, { viewport: { width: 400, height: 700 } })
      for (const view of ['#unified', '#split']) {
        await page.locator(view).check()
        expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(400)
      }
      await close(page)
    }
  })

  test('resources can be filtered by change and by kind', async () => {
    const page = await open(REPORT)
    await page.locator('input[value=changed]').uncheck()
    expect(await page.locator('.resource.changed:visible').count()).toBe(0)
    expect(await page.locator('.resource:visible').count()).toBe(4)
    await page.locator('input[value=changed]').check()
    await page.locator('#kind').selectOption({ label: 'Service' })
    expect(await page.locator('.resource:visible .name').allTextContents()).toEqual([
      'Service prow/gone',
      'Service prow-jobs/ghproxy',
    ])
    expect(await page.locator('#found').textContent()).toBe('2 of 16')
    await close(page)
  })

  test('headings list comparisons, resources and changes', async () => {
    const page = await open(REPORT)
    const names = async (level: number): Promise<string[]> =>
      page.getByRole('heading', { level, includeHidden: true }).allTextContents()
    expect(await names(1)).toEqual(['Differences in 16 resources'])
    expect((await names(2))[0]).toMatch(/^testing /u)
    expect(await names(3)).toContain('removed Service prow/gone')
    expect(await names(4)).toContain('data["config.yaml"] > .deck.spyglass.gcs_browser_prefix ')
    const labelled = `[...document.querySelectorAll('input, select')].every(({ labels }) => labels.length === 1)`
    expect(await page.evaluate<boolean>(labelled)).toBe(true)
    await close(page)
  })

  test("a group links to its resources, and search finds them by the group's text", async () => {
    const bump = (tag: string): string =>
      Array.from(
        { length: 40 },
        (_, index) =>
          `apiVersion: v1\nkind: Pod\nmetadata: {name: p${index}}\nspec: {image: "app-${index}:${tag}"}\n`,
      ).join('---\n')
    const [before, after] = ['v20260901', 'v20260915'].map((tag) => parseManifests(bump(tag), { file: tag }))
    if (before === undefined || after === undefined) throw new Error('no manifests')
    const page = await open(formatReport([{ title: 'bump', diff: diffManifests(before, after) }], 'html'))
    expect(await page.locator('.group h3').textContent()).toBe('40 resources: image :v20260901 → :v20260915')
    await page.locator('.group li a').nth(7).click()
    expect(await page.locator('.resource[open]').count()).toBe(1)
    await page.locator('#search').fill('v20260915')
    expect(await page.locator('.resource:visible').count()).toBe(40)
    await page.locator('.index summary').click()
    expect(await page.locator('.index a').count()).toBe(40)
    await close(page)
  })

  test('collapsed parts are printed', async () => {
    const page = await open(formatReport([{ title: 'many', diff: largeDiff(40) }], 'html'))
    await page.evaluate(`dispatchEvent(new Event('beforeprint'))`)
    expect(await page.locator('.resource[open]').count()).toBe(40)
    await page.evaluate(`dispatchEvent(new Event('afterprint'))`)
    expect(await page.locator('.resource[open]').count()).toBe(0)
    await close(page)
  })
})
