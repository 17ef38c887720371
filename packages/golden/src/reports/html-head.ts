import { printable } from '@overlay-render/system'

/**
 * What begins every page of a report, up to `<body>`: its language, a width that fits a phone, and its title.
 *
 * @param title plain text. A title has no tags, which other texts have so that a second decoding of references does no harm:
 *   characters that look like `<` and `&` replace these
 */
export function htmlHead(title: string, style: string): string {
  const plain = printable(title).replaceAll('<', '‹').replaceAll('>', '›').replaceAll('&', '＆')
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${plain}</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
  ].join('\n')
}
