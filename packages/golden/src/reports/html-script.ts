/**
 * The script of the html report: search, collapsing, keyboard shortcuts and links. Whatever changes the height of the page
 * also changes an attribute, because Prow's html lens measures the height on attribute changes. The lens decodes character
 * references in the script, too: no `&` may be directly before a letter.
 */
export const HTML_SCRIPT = `
(() => {
  'use strict'
  const report = document.getElementById('report')
  const resources = [...report.querySelectorAll('.resource')]
  const search = document.getElementById('search')
  const found = document.getElementById('found')
  for (const part of report.querySelectorAll('.scripted')) part.hidden = false

  const visible = () => resources.filter((resource) => !resource.hidden)
  const groups = [...report.querySelectorAll('.group')]
  const fold = (open) => { for (const part of [...visible(), ...groups]) part.open = open }
  document.getElementById('expand').addEventListener('click', () => fold(true))
  document.getElementById('collapse').addEventListener('click', () => fold(false))

  const texts = new Map()
  const textOf = (resource) => {
    if (!texts.has(resource)) {
      // The text of a group belongs to each of its resources.
      const groups = [...resource.querySelectorAll('.shared a')]
        .map((link) => document.getElementById(link.getAttribute('href').slice(1)))
      const parts = [resource, ...groups.filter((group) => group !== null)]
      texts.set(resource, parts.map((part) => part.textContent.toLowerCase()).join(' '))
    }
    return texts.get(resource)
  }
  const kind = document.getElementById('kind')
  const changes = [...report.querySelectorAll('input[name=change]')]
  const filter = () => {
    const words = search.value.toLowerCase().split(/\\s+/).filter((word) => word !== '')
    const hidden = changes.filter((box) => !box.checked).map((box) => box.value)
    for (const resource of resources) {
      const other = kind.value !== '' ? kind.value !== resource.dataset.kind : false
      const off = hidden.some((name) => resource.classList.contains(name))
      resource.hidden = other || off || !words.every((word) => textOf(resource).includes(word))
    }
    const shown = visible().length
    found.textContent = shown === resources.length ? '' : shown + ' of ' + resources.length
  }
  search.addEventListener('input', filter)
  for (const control of [kind, ...changes]) control.addEventListener('change', filter)

  const choose = (name) => {
    const choices = [...report.querySelectorAll('input[name=' + name + ']')]
    const next = choices[(choices.findIndex((choice) => choice.checked) + 1) % choices.length]
    next.checked = true
    note()
  }
  const note = () => {
    report.dataset.choice = [...report.querySelectorAll('input[type=radio]:checked')].map((choice) => choice.id).join(' ')
  }
  report.addEventListener('change', note)

  const move = (step) => {
    const shown = visible()
    const at = shown.findIndex((resource) => resource.contains(document.activeElement))
    const to = at < 0 ? (step > 0 ? 0 : shown.length - 1) : Math.min(Math.max(at + step, 0), shown.length - 1)
    const summary = shown[to] === undefined ? null : shown[to].querySelector('summary')
    if (summary !== null) summary.focus()
  }
  const keys = {
    j: () => move(1),
    k: () => move(-1),
    e: () => fold(true),
    c: () => fold(false),
    v: () => choose('view'),
    t: () => choose('theme'),
    '/': () => search.focus(),
  }
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      if (event.target === search) { search.value = ''; filter(); search.blur() }
      return
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches('input[type=search], select')) return
    const action = Object.hasOwn(keys, event.key) ? keys[event.key] : undefined
    if (action === undefined) return
    event.preventDefault()
    action()
  })

  // Collapsed parts would not be printed.
  let folded = []
  addEventListener('beforeprint', () => {
    folded = [...report.querySelectorAll('details:not([open], .index)')]
    for (const part of folded) part.open = true
  })
  addEventListener('afterprint', () => { for (const part of folded) part.open = false })

  const follow = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)))
    if (target === null) return
    if (target.matches('details')) target.open = true
    target.scrollIntoView()
  }
  addEventListener('hashchange', follow)
  report.addEventListener('click', (event) => {
    const link = event.target.closest('a')
    if (link === null || link.closest('summary') === null) return
    // A click on a link in a summary would also toggle it.
    event.preventDefault()
    location.hash = link.getAttribute('href')
    link.closest('details').open = true
  })
  follow()
})()
`
