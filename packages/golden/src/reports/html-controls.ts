import type { ResourceChange } from '../diff/change.ts'
import { escapeText } from './html-lines.ts'
import type { HtmlPage } from './html-page.ts'

/** Radio buttons that the style sheet queries with `:has`, so they work without JavaScript. */
const VIEWS = [
  '<fieldset><legend>View</legend>',
  '<label><input type="radio" name="view" id="unified" checked> unified</label>',
  '<label><input type="radio" name="view" id="split"> side by side</label></fieldset>',
  '<fieldset><legend>Colours</legend>',
  '<label><input type="radio" name="theme" id="auto" checked> system</label>',
  '<label><input type="radio" name="theme" id="light"> light</label>',
  '<label><input type="radio" name="theme" id="dark"> dark</label></fieldset>',
].join('\n')

const CHANGE_KINDS: readonly ResourceChange['kind'][] = ['removed', 'renamed', 'changed', 'added']

export function controls({ kinds }: HtmlPage): string {
  const boxes = CHANGE_KINDS.map(
    (kind) => `<label><input type="checkbox" name="change" value="${kind}" checked> ${kind}</label>`,
  )
  const options = kinds.map((kind, index) => `<option value="${index}">${escapeText(kind)}</option>`)
  return [
    '<div class="controls">',
    VIEWS,
    `<fieldset class="scripted" hidden><legend>Show</legend>${boxes.join(' ')}</fieldset>`,
    '<span class="scripted" hidden>',
    `<label>Kind <select id="kind"><option value="">all</option>${options.join('')}</select></label>`,
    '<label>Search <input type="search" id="search" autocomplete="off"></label>',
    '<button type="button" id="expand">expand all</button> <button type="button" id="collapse">collapse all</button>',
    '<output id="found"></output></span>',
    '</div>',
  ].join('\n')
}

/** The keyboard shortcuts, shown when scripts run. */
export const HELP: string = [
  '<footer class="scripted" hidden>',
  '<kbd>j</kbd> <kbd>k</kbd> next and previous resource, <kbd>Enter</kbd> open or close, <kbd>e</kbd> expand all, ',
  '<kbd>c</kbd> collapse all, <kbd>/</kbd> search, <kbd>v</kbd> view, <kbd>t</kbd> colours',
  '</footer>',
].join('')
