/** The page's looks: light and dark, wide and narrow, screen and paper. Loads nothing: the fonts are the reader's own. */
export const style = `
:root {
  color-scheme: light dark;
  --page: #f4f6f8; --surface: #ffffff; --sunken: #f4f6f9; --ink: #16202c; --muted: #526072; --line: #dbe1e8; --accent: #0b6070; --bar: #2f7f8f;
  --critical: #a3173a; --high: #b23c0a; --medium: #7d5a00; --low: #3a587f; --closed: #1d6b45; --unknown: #566274;
  --critical-soft: #fbe9ed; --high-soft: #fceee5; --medium-soft: #fbf3da; --low-soft: #eaf0f8; --closed-soft: #e6f4ec; --unknown-soft: #eef1f4;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", "DejaVu Sans", Arial, sans-serif;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #11161d; --surface: #19202a; --sunken: #131a22; --ink: #e7ecf2; --muted: #a3b0c0; --line: #2d3846; --accent: #7cc7d4; --bar: #4fa3b3;
    --critical: #ff93a8; --high: #ffae80; --medium: #f0ca5e; --low: #a9c4e8; --closed: #85d3a6; --unknown: #a9b5c4;
    --critical-soft: #3d1a25; --high-soft: #3a2317; --medium-soft: #352b10; --low-soft: #1d2b3f; --closed-soft: #16321f; --unknown-soft: #242e3a;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
body { margin: 0; background: var(--page); color: var(--ink); font: 1rem/1.55 var(--sans); overflow-wrap: anywhere; }
.wrap { max-width: 71rem; margin: 0 auto; padding: 0 1.25rem; }
a { color: var(--accent); text-underline-offset: .15em; text-decoration-thickness: .06em; }
a:hover { text-decoration-thickness: .12em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
h1, h2, h3, h4, p, ul, ol, dl, figure, pre { margin: 0; }
h2 { font-size: 1.3rem; line-height: 1.3; letter-spacing: -.01em; margin: 3rem 0 .35rem; }
h3 { font-size: 1.05rem; line-height: 1.35; }
h4 { font-size: 1rem; line-height: 1.4; }
.lead { color: var(--muted); max-width: 46rem; margin-bottom: 1.1rem; text-wrap: pretty; }
.muted { color: var(--muted); }
.small { font-size: .875rem; }
.number { font-variant-numeric: tabular-nums; }
code, pre, .mono { font-family: var(--mono); font-size: .86em; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: .5rem; background: var(--surface); padding: .4rem .8rem; z-index: 1; }

.top { display: flex; flex-wrap: wrap; gap: .35rem 1.5rem; align-items: center; justify-content: space-between; padding: 1.1rem 0; }
.brand { display: flex; align-items: center; gap: .55rem; font-weight: 650; letter-spacing: -.01em; }
.brand svg { width: 1.35rem; height: 1.35rem; color: var(--accent); flex: none; }

.panel, .card, .box { background: var(--surface); border: 1px solid var(--line); border-radius: .75rem; }
.panel { padding: 2rem 2.25rem 1.9rem; }
.panel h1 { font-size: clamp(1.6rem, 1.1rem + 2.3vw, 2.5rem); line-height: 1.15; letter-spacing: -.025em; font-weight: 680; text-wrap: balance; }
.panel.open h1 { color: var(--critical); }
.panel.warning h1, .panel.silent h1 { color: var(--high); }
.panel.quiet h1 { color: var(--closed); }
.panel .detail { font-size: 1.1rem; margin-top: .6rem; max-width: 60rem; text-wrap: pretty; }
.panel .leak { margin-top: .45rem; font-weight: 620; font-variant-numeric: tabular-nums; }
.figures { display: grid; grid-template-columns: repeat(4, 1fr); gap: 1rem 2rem; margin: 1.75rem 0 0; padding-top: 1.5rem; border-top: 1px solid var(--line); }
.figures div { display: flex; flex-direction: column; }
.figures dt { order: 2; color: var(--muted); font-size: .9rem; line-height: 1.35; }
.figures dd { margin: 0; font-size: 1.85rem; line-height: 1.2; font-weight: 640; letter-spacing: -.025em; font-variant-numeric: tabular-nums; }
.figures dd small { display: block; font-size: .8rem; font-weight: 450; letter-spacing: 0; color: var(--muted); min-height: 1.2em; }
.notice { margin: 1.25rem 0 0; padding: .7rem 1rem; border-radius: .5rem; background: var(--medium-soft); color: var(--medium); font-weight: 550; }
.contents { margin: 1.1rem 0 0; padding: 0; list-style: none; display: flex; flex-wrap: wrap; gap: .2rem 1.4rem; font-size: .92rem; }

.halves { display: grid; grid-template-columns: minmax(0, 5fr) minmax(0, 7fr); gap: 1.25rem; margin-top: 1.25rem; }
.halves > :only-child { grid-column: 1 / -1; }
.box { padding: 1.35rem 1.5rem; }
.box h2 { margin: 0 0 .2rem; font-size: 1.05rem; }
.box > .lead { font-size: .9rem; margin-bottom: .9rem; }
.bars { width: 100%; border-collapse: collapse; }
.bars th { font-weight: 500; text-align: left; width: 1%; padding: .28rem .9rem .28rem 0; white-space: nowrap; }
.bars td { padding: .28rem 0; }
.bars td:last-child { width: 1%; white-space: nowrap; padding-left: .9rem; text-align: right; font-weight: 620; font-variant-numeric: tabular-nums; }
.bars svg { display: block; width: 100%; height: .85rem; }
.track { fill: var(--sunken); stroke: var(--line); stroke-width: 1; }
.fill-critical { fill: var(--critical); } .fill-high { fill: var(--high); } .fill-medium { fill: var(--medium); } .fill-low { fill: var(--low); }
.fill-closed { fill: var(--closed); } .fill-unknown { fill: url(#hatch); }
.bars .others tr:first-child > * { border-top: 1px solid var(--line); padding-top: .6rem; }
.bars tbody:first-child tr:last-child > * { padding-bottom: .6rem; }
.years { display: block; width: 100%; height: 190px; overflow: visible; }
.years rect { fill: var(--bar); }
.years line { stroke: var(--line); }
.years text { fill: var(--muted); font: 12px var(--sans); font-variant-numeric: tabular-nums; }
.since { display: flex; flex-wrap: wrap; gap: .4rem 1.8rem; margin: .9rem 0 0; }
.since div { display: flex; gap: .45rem; align-items: baseline; }
.since dt { color: var(--muted); font-size: .9rem; } .since dd { margin: 0; font-weight: 620; font-variant-numeric: tabular-nums; }

.since + p { margin-top: .6rem; }

.scroll { overflow-x: auto; }
table.list { width: 100%; border-collapse: collapse; font-size: .94rem; }
.list th, .list td { text-align: left; vertical-align: top; padding: .6rem .65rem; border-top: 1px solid var(--line); }
.list thead th { border-top: 0; color: var(--muted); font-size: .82rem; font-weight: 550; vertical-align: bottom; white-space: nowrap; }
.list tbody th { font-weight: 550; } .list .muted { font-weight: 400; }
.list .place { min-width: 13.5rem; } .list .place.small { min-width: 16.5rem; }
.list .right { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.flush { padding: .35rem .6rem; }
.legend { display: flex; flex-wrap: wrap; gap: .3rem 1.6rem; margin: .9rem 0 0; padding: 0; list-style: none; font-size: .88rem; color: var(--muted); }

.mark { display: inline-flex; align-items: baseline; gap: .4rem; white-space: nowrap; }
.mark svg { width: 1rem; height: 1rem; flex: none; align-self: center; }
.mark-yes { color: var(--critical); font-weight: 620; } .mark-negotiated { color: var(--medium); font-weight: 550; } .mark-no { color: var(--closed); }
.mark-unknown { color: var(--unknown); }
.badge { display: inline-block; border-radius: .35rem; padding: .08rem .5rem; font-size: .8rem; font-weight: 620; line-height: 1.5; white-space: nowrap; }
.critical { color: var(--critical); background: var(--critical-soft); } .high { color: var(--high); background: var(--high-soft); }
.medium { color: var(--medium); background: var(--medium-soft); }
.low { color: var(--low); background: var(--low-soft); } .closed { color: var(--closed); background: var(--closed-soft); }
.unknown { color: var(--unknown); background: var(--unknown-soft); }

.card { margin: .9rem 0; }
.card > summary {
  display: flex; flex-wrap: wrap; align-items: baseline; gap: .3rem .9rem; padding: 1rem 1.5rem; cursor: pointer; list-style: none; border-radius: .75rem;
}
.card > summary::-webkit-details-marker { display: none; }
.card > summary::before {
  content: ""; width: .45rem; height: .45rem; border: solid var(--muted); border-width: 0 2px 2px 0; transform: rotate(-45deg) translate(-1px, -1px);
  flex: none; margin-right: .1rem;
}
.card[open] > summary::before { transform: rotate(45deg) translate(-2px, -1px); }
.card > summary:hover h3 { color: var(--accent); }
.card h3 { font-family: var(--mono); font-size: 1rem; font-weight: 600; }
.card .badges { margin-left: auto; display: flex; flex-wrap: wrap; gap: .35rem; }
.inside { padding: 0 1.5rem 1.4rem; }
.facts {
  display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: .9rem 1.75rem; padding: 1.1rem 0 1.2rem; border-top: 1px solid var(--line);
}
.facts dt { font-size: .84rem; color: var(--muted); } .facts dd { margin: 0; }
.facts .wide { grid-column: 1 / -1; }
.grounds { border-collapse: collapse; } .grounds th { font-weight: 500; text-align: left; }
.grounds th, .grounds td { padding: .15rem 1.2rem .15rem 0; vertical-align: top; } .grounds td:nth-child(2) { white-space: nowrap; }
.inline { display: flex; flex-wrap: wrap; gap: .15rem 1.3rem; }
.tags { display: flex; flex-wrap: wrap; gap: .3rem; margin: .1rem 0 .5rem; padding: 0; list-style: none; }
.tags li { font-size: .84rem; padding: .05rem .5rem; border: 1px solid var(--line); border-radius: .35rem; background: var(--sunken); }
.finding { padding: 1.2rem 0 1.3rem; border-top: 1px solid var(--line); }
.finding .title { display: flex; flex-wrap: wrap; gap: .3rem .7rem; align-items: baseline; margin-bottom: .3rem; }
.finding .check { font-family: var(--mono); font-size: .8rem; color: var(--muted); }
.finding p { max-width: 48rem; }
.seen { display: flex; flex-wrap: wrap; gap: .1rem 1.2rem; margin: .35rem 0 0; font-size: .87rem; color: var(--muted); }
.seen div { display: flex; gap: .35rem; } .seen dt::after { content: ":"; }
.seen dd { margin: 0; color: var(--ink); font-family: var(--mono); font-size: .93em; }
.action { margin-top: .8rem; }
.action > b { display: block; font-size: .84rem; font-weight: 600; color: var(--muted); }
.setting { margin: .7rem 0 0; }
.setting p { font-size: .92rem; margin-top: .2rem; }
pre {
  margin: .35rem 0 .45rem; padding: .75rem .95rem; background: var(--sunken); border: 1px solid var(--line); border-radius: .5rem; line-height: 1.5;
  overflow-x: auto; white-space: pre; overflow-wrap: normal; tab-size: 2;
}
details.more { margin-top: .6rem; } details.more > summary { cursor: pointer; color: var(--accent); font-size: .92rem; width: fit-content; }
.references { margin: .8rem 0 0; font-size: .87rem; color: var(--muted); }
.references div { display: flex; gap: .5rem; margin-top: .1rem; } .references dt { flex: 0 0 6.5rem; } .references dd { margin: 0; }
.rest { border-top: 1px solid var(--line); padding-top: 1rem; margin-top: .2rem; }
.rest + .rest { border-top: 0; padding-top: .55rem; }
.plain { margin: .2rem 0 0; padding: 0 0 0 1.15rem; font-size: .92rem; } .plain li { margin: .15rem 0; }
.terms { display: grid; grid-template-columns: minmax(11rem, 1fr) 5fr; gap: .55rem 1.5rem; } .terms dt { font-weight: 600; } .terms dd { margin: 0; }
footer { color: var(--muted); font-size: .88rem; padding: 2.5rem 0 3rem; }

@media screen and (max-width: 44rem) {
  .wrap { padding: 0 .85rem; }
  .panel { padding: 1.35rem 1.15rem; }
  .figures { grid-template-columns: 1fr 1fr; gap: 1.1rem 1rem; } .figures dd { font-size: 1.5rem; }
  .halves { grid-template-columns: minmax(0, 1fr); }
  .box { padding: 1.1rem 1.1rem; } .flush { padding: .3rem .35rem; }
  .card > summary { padding: .9rem 1.1rem; } .card .badges { margin-left: 0; width: 100%; padding-left: 1.4rem; } .inside { padding: 0 1.1rem 1.1rem; }
  .facts { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: .8rem 1rem; }
  .terms { grid-template-columns: 1fr; gap: .1rem; } .terms dd { margin-bottom: .8rem; }
  .references div { display: block; }
}
@media screen and (max-width: 57rem) {
  .stack thead { position: absolute; left: -99rem; }
  .stack tr { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: .45rem .5rem; padding: .85rem .5rem; border-top: 1px solid var(--line); }
  .stack tbody tr:first-child { border-top: 0; }
  .stack th, .stack td { display: block; border: 0; padding: 0; } .stack .right { text-align: left; }
  .list .place, .list .place.small { min-width: 0; }
  .stack .full { grid-column: 1 / -1; } .stack .half { grid-column: span 2; }
  .stack td[data-label]::before { content: attr(data-label); display: block; font-size: .76rem; color: var(--muted); }
  .stack .full[data-label]::before { display: inline-block; margin-right: .6rem; }
}
@media screen and (max-width: 34rem) {
  .stack tr { grid-template-columns: repeat(2, minmax(0, 1fr)); } .stack .half { grid-column: auto; }
}
@media print {
  :root {
    color-scheme: light;
    --page: #ffffff; --surface: #ffffff; --sunken: #f6f7f9; --ink: #10161d; --muted: #465263; --line: #cdd4dc; --accent: #0b5462; --bar: #2f7f8f;
    --critical: #a3173a; --high: #a33608; --medium: #6f5000; --low: #334e72; --closed: #1a5f3d; --unknown: #4d5968;
    --critical-soft: #fbe9ed; --high-soft: #fceee5; --medium-soft: #fbf3da; --low-soft: #eaf0f8; --closed-soft: #e6f4ec; --unknown-soft: #eef1f4;
  }
  @page { size: A4; margin: 16mm 15mm; }
  html { font-size: 9.5pt; }
  body { line-height: 1.42; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  .wrap { max-width: none; padding: 0; } .top { padding: 0 0 .6rem; }
  .panel, .halves > .box { break-inside: avoid; } .panel { padding: 1.2rem 1.4rem; } .box { padding: .9rem 1.1rem; }
  h2, h3, h4, .lead, .title, .action > b, .setting > p:first-child { break-after: avoid; } h2 { margin-top: 1.6rem; }
  pre, tr, .references, .facts { break-inside: avoid; }
  .contents, .skip { display: none; } details.more > summary { list-style: none; color: inherit; }
  a { color: inherit; text-decoration: none; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; }
  .card::details-content, details.more::details-content { content-visibility: visible; display: block; height: auto; }
  .card > summary::before { display: none; }
  details.screen { display: none; }
  .scroll { overflow: visible; } .list th, .list td { padding: .35rem .45rem; }
}
`;
