/** The look of every page: one sheet, light and dark, no font or picture from anywhere else. */
export const style = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#f6f7f9, #111318);
  --card: light-dark(#ffffff, #1a1d24);
  --line: light-dark(#e2e5ea, #2c313c);
  --text: light-dark(#1c2230, #e6e9ef);
  --quiet: light-dark(#5b6474, #99a2b3);
  --accent: light-dark(#4338ca, #a5b4fc);
  --good: light-dark(#15803d, #4ade80);
  --warn: light-dark(#b45309, #fbbf24);
  --bad: light-dark(#b91c1c, #f87171);
  --code: light-dark(#f0f2f5, #12151b);
}
* { box-sizing: border-box; }
html { scroll-padding-top: 4.5rem; }
body { margin: 0; background: var(--ground); color: var(--text);
  font: 15px/1.55 system-ui, -apple-system, "Segoe UI", "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
a { color: var(--accent); text-decoration: none; }
a:hover { text-decoration: underline; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
code, pre, .mono { font-family: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace; font-size: 13px; }
pre { margin: .4rem 0; padding: .75rem 1rem; background: var(--code); border: 1px solid var(--line); border-radius: 8px; overflow-x: auto; line-height: 1.5; }
header { position: sticky; top: 0; z-index: 1; display: flex; gap: 1.5rem; align-items: center; padding: .7rem clamp(1rem, 4vw, 2.5rem);
  background: var(--card); border-bottom: 1px solid var(--line); }
header nav { display: flex; gap: 1.25rem; margin-left: auto; }
header nav a { color: var(--quiet); white-space: nowrap; }
header nav a[aria-current] { color: var(--text); font-weight: 600; }
.brand { font-weight: 700; font-size: 1.1rem; color: var(--text); letter-spacing: -.01em; }
.banner { margin: 0; padding: .6rem clamp(1rem, 4vw, 2.5rem); background: var(--bad); color: var(--card); }
main { padding: 1.5rem clamp(1rem, 4vw, 2.5rem) 4rem; max-width: 1240px; margin: 0 auto; }
h1 { font-size: 1.45rem; margin: .2rem 0; letter-spacing: -.01em; line-height: 1.3; }
h1 code { font-size: inherit; }
h2 { font-size: 1.02rem; margin: 0 0 .6rem; }
.lead { color: var(--quiet); margin: .2rem 0 1.5rem; }
.state { display: inline-flex; align-items: center; gap: .5rem; white-space: nowrap; }
.state::before { content: ""; width: .6rem; height: .6rem; border-radius: 50%; background: var(--warn); flex: none; }
.state.good::before { background: var(--good); }
.state.bad::before { background: var(--bad); }
.grid { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); align-items: start; }
section.card { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 1.1rem 1.25rem; margin-bottom: 1rem; min-width: 0; }
.grid section.card { margin: 0; }
table { width: 100%; border-collapse: collapse; }
th { text-align: left; font-weight: 500; color: var(--quiet); font-size: 13px; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line); }
td { padding: .55rem .75rem .55rem 0; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
tr:last-child td { border-bottom: 0; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; padding-right: 2rem; }
td:last-child, th:last-child { padding-right: 0; }
.quiet { color: var(--quiet); }
.small { font-size: 13px; }
.warn { color: var(--warn); }
.bad { color: var(--bad); }
ul.plain { list-style: none; margin: 0; padding: 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .35rem 1.25rem; margin: 0; }
dt { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
.reference { display: grid; grid-template-columns: 17rem minmax(0, 1fr); gap: 2.5rem; max-width: 1400px; }
.reference aside { position: sticky; top: 4.5rem; align-self: start; max-height: calc(100vh - 5.5rem); overflow-y: auto; font-size: 14px; }
.reference aside h2 { margin: 1rem 0 .3rem; font-size: 13px; color: var(--quiet); }
.reference aside a { display: flex; gap: .5rem; padding: .18rem 0; color: var(--text); }
.method { font: 600 11px/1.9 ui-monospace, Menlo, Consolas, monospace; min-width: 3.4rem; color: var(--quiet); }
.method.GET { color: var(--good); } .method.POST { color: var(--accent); } .method.PUT, .method.PATCH { color: var(--warn); } .method.DELETE { color: var(--bad); }
.operation h3 { margin: 0; font-size: 1.05rem; }
.operation h4 { margin: 1.1rem 0 .2rem; font-size: 13px; color: var(--quiet); font-weight: 600; }
.address { display: flex; gap: .5rem; align-items: baseline; flex-wrap: wrap; margin: .3rem 0; overflow-wrap: anywhere; }
.tag { display: inline-block; padding: 0 .5rem; border: 1px solid var(--line); border-radius: 999px; font-size: 12px; color: var(--quiet); }
details { margin: .3rem 0; }
summary { cursor: pointer; color: var(--accent); font-size: 14px; }
@media (max-width: 760px) {
  header { flex-wrap: wrap; gap: .3rem 1rem; padding-block: .5rem; }
  header nav { gap: 1rem; }
  .reference { grid-template-columns: minmax(0, 1fr); gap: 0; }
  .reference aside { position: static; max-height: 13rem; border: 1px solid var(--line); border-radius: 12px; padding: .3rem 1rem; margin-bottom: 1rem; background: var(--card); }
  table.stack thead { display: none; }
  table.stack tr { display: block; padding: .6rem 0; border-bottom: 1px solid var(--line); }
  table.stack tr:last-child { border-bottom: 0; }
  table.stack td, table.stack td.number { display: flex; gap: .75rem; justify-content: space-between; padding: .15rem 0; border: 0; text-align: right; }
  table.stack td:first-child { display: block; text-align: left; }
  table.stack td[data-label]::before { content: attr(data-label); color: var(--quiet); text-align: left; flex: none; }
}
`
