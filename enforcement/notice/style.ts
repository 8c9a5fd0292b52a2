// The look of every page of the notice: without script, in light and dark, on paper and on a telephone.

export const style = `
:root {
  color-scheme: light dark;
  --ground: light-dark(oklch(99% 0.003 210), oklch(20% 0.012 220));
  --surface: light-dark(oklch(96.6% 0.006 210), oklch(24% 0.013 216));
  --ink: light-dark(oklch(25% 0.022 220), oklch(93% 0.006 210));
  --quiet: light-dark(oklch(46% 0.02 218), oklch(75% 0.012 212));
  --line: light-dark(oklch(88% 0.009 210), oklch(35% 0.014 215));
  --accent: light-dark(oklch(44% 0.085 215), oklch(80% 0.09 205));
}
* { box-sizing: border-box; }
html { scroll-padding-block-start: 1rem; text-size-adjust: none; }
body {
  margin: 0; background: var(--ground); color: var(--ink);
  font: 1.0625rem/1.6 system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif;
  overflow-wrap: break-word;
}
.page { max-inline-size: 60rem; margin-inline: auto; padding: 1.5rem 1.25rem 3rem; }
a { color: var(--accent); text-underline-offset: 0.15em; text-decoration-thickness: 0.08em; }
a:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; border-radius: 2px; }
main:focus { outline: none; }
.skip { position: absolute; inset-block-start: -10rem; }
.skip:focus { inset-block-start: 0.5rem; background: var(--ground); padding: 0.5rem 1rem; }
h1 { font-size: clamp(1.7rem, 1.2rem + 2.4vw, 2.6rem); line-height: 1.15; letter-spacing: -0.015em; margin-block: 1.5rem 0.5rem; text-wrap: balance; max-inline-size: 28ch; }
h2 { font-size: 1.5rem; line-height: 1.25; margin-block: 3.25rem 0.75rem; text-wrap: balance; }
h3 { font-size: 1.0625rem; line-height: 1.4; margin-block: 1.6rem 0.25rem; }
p, ul { max-inline-size: 42rem; margin-block: 0.35rem 0.75rem; }
ul { padding-inline-start: 1.15rem; }
li { margin-block: 0.3rem; }
li::marker { color: var(--accent); }
.quiet { color: var(--quiet); }
.lead { color: var(--quiet); }
code { font: 0.85em/1.6 ui-monospace, 'Cascadia Mono', Menlo, monospace; overflow-wrap: anywhere; }
.top { display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; justify-content: space-between; }
.top ul, .contents ul, .forms ul { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; max-inline-size: none; }
.top li, .forms li { margin: 0; }
[aria-current] { color: inherit; font-weight: 650; text-decoration: none; }
.contents { margin-block: 2rem; padding-block: 1rem; border-block: 1px solid var(--line); }
.contents ul { display: block; columns: 17rem; column-gap: 2rem; }
.contents li { break-inside: avoid; margin-block: 0 0.35rem; }
.contents h2 { font-size: 1rem; margin: 0 0 0.5rem; }
#short { background: var(--surface); border-radius: 0.75rem; padding: 0.25rem 1.5rem 0.75rem; margin-block: 1.5rem; }
#short h2, .apart h2 { margin-block-start: 1rem; }
.apart { border: 2px solid var(--accent); border-radius: 0.75rem; padding: 0.25rem 1.5rem 1rem; margin-block: 2rem; }
table { border-collapse: collapse; inline-size: 100%; margin-block: 0.75rem 1.5rem; font-size: 0.9375rem; line-height: 1.5; }
caption { position: absolute; clip-path: inset(50%); inline-size: 1px; block-size: 1px; overflow: hidden; }
th, td { text-align: start; vertical-align: top; padding: 0.65rem 1.25rem 0.65rem 0; border-block-end: 1px solid var(--line); font-weight: inherit; }
thead th { color: var(--quiet); font-weight: 600; font-size: 0.875rem; border-block-end-color: var(--quiet); }
th:last-child, td:last-child { padding-inline-end: 0; }
td p, th p, td ul { margin: 0 0 0.15rem; }
footer { border-block-start: 1px solid var(--line); margin-block-start: 3.5rem; padding-block-start: 1rem; color: var(--quiet); font-size: 0.9375rem; }
.forms { margin-block-start: 0.75rem; }
@media (min-width: 44rem) {
  tbody th { inline-size: 34%; }
  tr > :nth-child(2):nth-last-child(3) { inline-size: 21%; }
  tr > :nth-child(3):nth-last-child(2) { inline-size: 16%; }
}
@media (max-width: 43.99rem) {
  table, tbody, tr, th, td { display: block; inline-size: auto; }
  thead { display: none; }
  tr { border-block-end: 1px solid var(--line); padding-block: 0.9rem; }
  th, td { border: 0; padding: 0 0 0.5rem; }
  td[data-head]::before { content: attr(data-head); display: block; color: var(--quiet); font-size: 0.8125rem; font-weight: 600; }
}
@media print {
  @page { margin: 20mm 18mm; }
  :root { color-scheme: light; --ground: white; --surface: white; }
  body { font-size: 10pt; }
  .page { max-inline-size: none; padding: 0; }
  .top, .skip, .contents, .forms { display: none; }
  #short { border: 1px solid var(--line); }
  h2, h3 { break-after: avoid; }
  tr, li, .apart { break-inside: avoid; }
  a { color: inherit; text-decoration: none; }
}`
