const DARK = `
  --page: #0d1117; --text: #e6edf3; --faint: #8b949e; --line: #30363d; --panel: #161b22; --accent: #58a6ff;
  --del: #3d1518; --del-text: #ffa198; --ins: #12361f; --ins-text: #7ee787; --warn: #d29922; color-scheme: dark;`

/**
 * The style sheet of the html report. Prow's html lens shows the page in a frame without scrolling that is as high as
 * its content: nothing here may be sticky, scroll vertically or depend on the height of the window.
 */
export const HTML_STYLE: string = `
:root {
  --page: #ffffff; --text: #1f2328; --faint: #59636e; --line: #d1d9e0; --panel: #f6f8fa; --accent: #0969da;
  --del: #ffebe9; --del-text: #82071e; --ins: #dafbe1; --ins-text: #0a5d25; --warn: #9a6700; color-scheme: light;
}
@media (prefers-color-scheme: dark) { :root:not(:has(#light:checked)) {${DARK} } }
:root:has(#dark:checked) {${DARK} }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); }
.report { background: var(--page); color: var(--text); font: 14px/1.5 system-ui, sans-serif; padding: 16px 24px; overflow-wrap: anywhere; }
.report h1 { font-size: 20px; margin: 0 0 8px; }
.report h2 { font-size: 16px; margin: 24px 0 8px; overflow-wrap: anywhere; }
.report h2 span, .report nav span, .note, .report h4 span, .index h3 span, .effects h3 span, .effects li span { color: var(--faint); font-weight: normal; }
.report a { color: var(--accent); text-decoration: none; }
.report a:hover { text-decoration: underline; }
.report code, .lines { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 12px; }
.controls { display: flex; flex-wrap: wrap; gap: 8px 24px; align-items: center; }
.controls fieldset { border: 0; margin: 0; padding: 0; min-width: 0; display: flex; flex-wrap: wrap; gap: 2px 10px; }
.controls span { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
.controls select { max-width: 16em; }
.controls legend { float: left; padding: 0; margin-right: 10px; color: var(--faint); }
.controls input[type=search], .controls select, .controls button {
  font: inherit; color: inherit; background: var(--panel); border: 1px solid var(--line); border-radius: 6px; padding: 2px 8px;
}
.report output, .report footer, .sides, .ignored { color: var(--faint); }
.sides { margin: 0 0 8px; font-size: 12px; }
.sides del { text-decoration: none; }
.sides del::after { content: " →"; }
.sides ins { text-decoration: none; }
.report nav ul { columns: 24em; margin: 12px 0 0; padding-left: 20px; }
.report details { border: 1px solid var(--line); border-radius: 6px; margin: 6px 0; background: var(--panel); }
.report summary { cursor: pointer; padding: 4px 12px; overflow-wrap: anywhere; }
.report a:focus-visible, .controls :focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
.report summary:focus-visible { outline: 2px solid var(--accent); outline-offset: -2px; border-radius: 6px; }
.report summary h3 { display: inline; font-size: 14px; margin: 0; }
.group summary h3 { font-weight: 600; }
.resource summary h3 { font-weight: normal; }
.resource summary b { display: inline-block; min-width: 5.5em; }
.resource.added summary b { color: var(--ins-text); }
.resource.removed summary b { color: var(--del-text); }
.resource.changed summary b, .resource.renamed summary b { color: var(--warn); }
.group ul, .index ul, .effects ul { margin: 0; padding: 0 12px 8px 32px; overflow-wrap: anywhere; }
.index h3, .effects h3 { font-size: 14px; margin: 8px 12px 0; }
.index ul { columns: 20em; }
.shared { margin: 0; padding: 4px 12px; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
.finding b { color: var(--warn); }
.lines mark { background: none; color: inherit; font-weight: 700; text-decoration: underline; text-underline-offset: 2px; }
.resource:target { border-color: var(--accent); }
.problem { color: var(--del-text); margin: 0; }
.effects .refused { color: var(--del-text); }
.change { border-top: 1px solid var(--line); background: var(--page); padding: 6px 12px; }
.change:last-child { border-radius: 0 0 6px 6px; }
.change h4 { font-size: 12px; margin: 0 0 4px; overflow-wrap: anywhere; }
.change h4 code { font-weight: 600; }
.report details.explain { border: 0; margin: 2px 0; background: none; font-size: 12px; color: var(--faint); }
.report details.explain > summary { padding: 0; }
.explain code { user-select: all; overflow-wrap: anywhere; }
.lines > div, .pair > div { min-width: 0; }
.lines del, .lines ins, .lines .same, .lines .place, .lines .cut {
  display: block; text-decoration: none; white-space: pre-wrap; overflow-wrap: anywhere; padding: 0 8px 0 24px; position: relative;
}
.lines del { background: var(--del); color: var(--del-text); }
.lines ins { background: var(--ins); color: var(--ins-text); }
.lines del::before, .lines ins::before { position: absolute; left: 8px; }
.lines del::before { content: "-"; }
.lines ins::before { content: "+"; }
.lines .place, .lines .cut { color: var(--faint); }
.lines .cut::before { content: "… "; }
.report:has(#split:checked) .pair { display: grid; grid-template-columns: 1fr 1fr; gap: 0 8px; }
.report kbd { border: 1px solid var(--line); border-radius: 4px; padding: 0 5px; font-size: 12px; background: var(--panel); }
.report footer { margin-top: 24px; font-size: 12px; }
.report [hidden], .report.unchanged .scripted { display: none; }
@media (max-width: 700px) {
  .report { padding: 12px; }
  .group ul, .index ul, .effects ul { padding-left: 24px; }
  .lines del, .lines ins, .lines .same, .lines .place, .lines .cut { padding: 0 4px 0 16px; }
  .lines del::before, .lines ins::before { left: 4px; }
  .report:has(#split:checked) .pair { grid-template-columns: 1fr; }
}
@media print {
  .controls, .report footer, .index { display: none; }
  .report { padding: 0; }
  .report del, .report ins { print-color-adjust: exact; }
  .report details::details-content { content-visibility: visible; }
  .change, .resource summary { break-inside: avoid; }
}
`
