import { existsSync } from 'node:fs'

import { type Browser, chromium } from 'playwright-core'

const CANDIDATES = [
  process.env['CHROMIUM'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]

/** Where a Chromium is installed, or undefined. */
export const CHROMIUM: string | undefined = CANDIDATES.find((path) => path !== '' && existsSync(path))

export async function openBrowser(): Promise<Browser> {
  return chromium.launch({
    ...(CHROMIUM === undefined ? {} : { executablePath: CHROMIUM }),
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  })
}

/**
 * A page that shows a report as Prow's html lens does: within a wrapper, in an attribute of a frame with nothing but
 * double quotes escaped, sandboxed, without scroll bars, as high as the wrapper says when it is loaded and whenever
 * an element or an attribute of it changes.
 */
export function lensPage(report: string): string {
  const notifier = `<script>
    addEventListener('load', () => {
      const send = () => parent.postMessage(document.getElementById('wrapper').offsetHeight, '*')
      send()
      addEventListener('resize', send)
      new MutationObserver(send).observe(document, { attributes: true, childList: true, characterData: true, subtree: true })
    })
  </script>`
  const content = `<div id="wrapper">${report}</div>${notifier}`.replaceAll('"', '&quot;')
  return `<!doctype html><meta charset="utf-8"><body style="margin:0">
    <iframe srcdoc="${content}" sandbox="allow-scripts allow-popups allow-same-origin allow-forms"
      width="100%" scrolling="no" style="border:0" title="report"></iframe>
    <script>
      addEventListener('message', ({ data }) => { document.querySelector('iframe').style.height = data + 'px' })
    </script>`
}
