/** The look of a report: by day, at night, on a phone and on paper. */
export const styles = `
:root {
  --paper: #fbfaf7; --card: #ffffff; --ink: #1d2127; --soft: #5c6570; --line: #e2dfd7; --link: #22577a;
  --good: #1c6b43; --good-bg: #e3f3e9; --bad: #a3262b; --bad-bg: #fbe7e6; --wait: #875a00; --wait-bg: #fdf1d8;
  --none-bg: #efede7; --writing: #4a6fa5; --review: #7a5aa6; --live: #0f7c80; --clock: #b07d1a;
  --ins: #d9f2e1; --del: #fbdedd;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171b; --card: #1c2127; --ink: #e7e9ec; --soft: #9aa4b0; --line: #2f363f; --link: #8dc3ea;
    --good: #7fd6a2; --good-bg: #17382a; --bad: #f49a98; --bad-bg: #43201f; --wait: #eec373; --wait-bg: #3c2f13;
    --none-bg: #272d35; --writing: #86abe0; --review: #b99be4; --live: #5fc9cc; --clock: #e0b45c;
    --ins: #1d4a32; --del: #522726;
  }
}
* { box-sizing: border-box }
html { scroll-behavior: smooth; -webkit-text-size-adjust: 100% }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif }
main { max-width: 54rem; margin: 0 auto; padding: 2.5rem 1.25rem 1rem }
h1, h2, h3, h4 { line-height: 1.2; margin: 0; text-wrap: balance }
h1 { font-size: clamp(1.9rem, 5vw, 2.7rem); letter-spacing: -.02em; overflow-wrap: anywhere }
h2 { font-size: 1.35rem; margin: 0 0 1rem; letter-spacing: -.01em }
h3 { font-size: 1.05rem }
h4 { font-size: .8rem; text-transform: uppercase; letter-spacing: .07em; color: var(--soft); margin: 1rem 0 .5rem }
p { margin: .4rem 0 }
section { margin: 2.75rem 0 }
a { color: var(--link); text-underline-offset: .18em }
code { font: .82em ui-monospace, SFMono-Regular, Menlo, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; color: var(--soft) }
.eyebrow { text-transform: uppercase; letter-spacing: .12em; font-size: .72rem; font-weight: 600; color: var(--soft); margin: 0 0 .5rem }
.standing { margin: .9rem 0 1.4rem; display: flex; flex-wrap: wrap; gap: .5rem }
.faint, .role, .at, footer { color: var(--soft) }
.faint { font-size: .9em }
.text { white-space: pre-line; overflow-wrap: anywhere }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
.chip { display: inline-block; padding: .1rem .6rem; border-radius: 1rem; font-size: .8rem; font-weight: 600; line-height: 1.5; white-space: nowrap;
  background: var(--none-bg); color: var(--soft) }
.chip .axis { font-weight: 400; opacity: .85 }
.chip.good { background: var(--good-bg); color: var(--good) }
.chip.bad { background: var(--bad-bg); color: var(--bad) }
.chip.wait { background: var(--wait-bg); color: var(--wait) }
nav { display: flex; flex-wrap: wrap; gap: .35rem 1.1rem; padding: .75rem 0; border-block: 1px solid var(--line); margin-top: 2rem; font-size: .92rem }
.facts { display: grid; gap: .35rem; margin: .5rem 0 }
.facts > div { display: grid; grid-template-columns: 9.5rem 1fr; gap: 1rem }
dt { color: var(--soft); font-size: .9rem }
dd { margin: 0; min-width: 0; overflow-wrap: anywhere }
.verdict { border-left: .3rem solid var(--good); background: var(--good-bg); padding: 1.1rem 1.35rem; border-radius: .5rem }
.verdict.bad { border-color: var(--bad); background: var(--bad-bg) }
.verdict h2 { margin-bottom: .35rem }
.verdict ul { padding-left: 1.2rem }
.acts { list-style: none; padding: 0; margin: 0 0 1rem; display: grid; gap: .45rem }
#next h3 { margin: 1.25rem 0 .6rem }
.day { font-size: .8rem; text-transform: uppercase; letter-spacing: .08em; color: var(--soft); margin: 1.9rem 0 .7rem }
.timeline { list-style: none; margin: 0; padding: 0 }
.timeline > li { --dot: var(--writing); position: relative; padding: 0 0 1.35rem 1.7rem; border-left: 2px solid var(--line); margin-left: .45rem }
.timeline > li:last-child { padding-bottom: .4rem }
.timeline > li::before { content: ""; position: absolute; left: calc(-.45rem - 1px); top: .38rem; width: .9rem; height: .9rem; border-radius: 50%;
  background: var(--dot); border: 3px solid var(--paper) }
.timeline > li.review { --dot: var(--review) }
.timeline > li.good { --dot: var(--good) }
.timeline > li.bad { --dot: var(--bad) }
.timeline > li.live { --dot: var(--live) }
.timeline > li.clock { --dot: var(--clock) }
.timeline header { display: flex; flex-wrap: wrap; align-items: baseline; gap: .15rem .6rem }
.timeline .what { font-weight: 650; font-size: 1.05rem }
.timeline .at { margin-left: auto; font-variant-numeric: tabular-nums; font-size: .9rem }
.timeline footer { font-size: .78rem; margin-top: .35rem; opacity: .85 }
.role { font-size: .85rem }
.told { list-style: none; margin: .5rem 0 0; padding: 0; font-size: .92rem; display: grid; gap: .25rem }
.envelope { color: var(--soft) }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1.15rem 1.35rem; margin: 0 0 1rem }
.card > header { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .5rem }
.changes { display: grid; gap: 0; margin: .4rem 0 0 }
.changes > div { display: grid; grid-template-columns: 9.5rem 1fr; gap: 1rem; padding: .5rem 0; border-top: 1px solid var(--line) }
.changes > div:first-child { border-top: 0; padding-top: .1rem }
.timeline .changes > div { border-top: 0; padding: .2rem 0 }
.mark { display: inline-block; width: 1.1rem; font-weight: 700; font-family: ui-monospace, "DejaVu Sans Mono", monospace }
.added > dt .mark { color: var(--good) } .removed > dt .mark { color: var(--bad) } .changed > dt .mark { color: var(--wait) }
ins { background: var(--ins); text-decoration: none; border-radius: .2rem; padding: 0 .1em; box-decoration-break: clone; -webkit-box-decoration-break: clone }
del { background: var(--del); text-decoration-color: color-mix(in srgb, currentColor 55%, transparent); border-radius: .2rem; padding: 0 .1em;
  box-decoration-break: clone; -webkit-box-decoration-break: clone }
.items { margin: 0; padding-left: 1.1rem }
.group { display: inline-flex; flex-wrap: wrap; gap: .1rem .9rem }
.part .name { color: var(--soft); font-size: .85em }
.sealed { font-style: italic; color: var(--soft); border: 1px dashed var(--line); border-radius: .3rem; padding: 0 .4rem }
blockquote { margin: .6rem 0; padding: .1rem 0 .1rem 1rem; border-left: 3px solid var(--line) }
.answer { display: inline-block; padding-left: .8rem; border-left: 3px solid var(--line); margin-top: .3rem }
.outcome { margin-top: .8rem; padding-top: .7rem; border-top: 1px solid var(--line) }
.scrolls { overflow-x: auto }
table { border-collapse: collapse; width: 100%; font-size: .93rem }
th { text-align: left; font-size: .78rem; text-transform: uppercase; letter-spacing: .06em; color: var(--soft); font-weight: 600 }
th, td { padding: .5rem .8rem .5rem 0; border-bottom: 1px solid var(--line); vertical-align: top }
.bottom { max-width: 54rem; margin: 0 auto; padding: 1.25rem 1.25rem 3rem; font-size: .85rem; border-top: 1px solid var(--line) }
@media (max-width: 36rem) {
  body { font-size: 15px }
  main { padding-top: 1.6rem }
  section { margin: 2.1rem 0 }
  .facts > div { grid-template-columns: 6.2rem 1fr; gap: .75rem }
  .changes > div { grid-template-columns: 1fr; gap: .1rem }
  .card { padding: 1rem; border-radius: .6rem }
  .scrolls table, .scrolls tbody, .scrolls tr, .scrolls td { display: block }
  .scrolls thead { display: none }
  .scrolls tr { padding: .6rem 0; border-bottom: 1px solid var(--line) }
  .scrolls td { border: 0; padding: .1rem 0 }
  .scrolls td:first-child { font-weight: 650 }
}
@media print {
  :root { --paper: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #bbb; --link: #000;
    --good: #14532d; --good-bg: #eef6f0; --bad: #8a1c20; --bad-bg: #fbeeee; --wait: #6b4700; --wait-bg: #fbf4e4; --none-bg: #f2f2f2;
    --ins: #dff0e4; --del: #f7e0df }
  body { font-size: 10.5pt }
  main, .bottom { max-width: none; padding-left: 0; padding-right: 0 }
  nav { display: none }
  .card, .timeline > li, tr, .verdict { break-inside: avoid }
  h2, h3, h4, .day { break-after: avoid }
  .chip, ins, del, .verdict, .timeline > li::before { print-color-adjust: exact; -webkit-print-color-adjust: exact }
  @page { margin: 18mm 16mm }
}
`
