/** The report's whole style: it must look the same from a mail, from a disk and on paper, years from now. */
export const styles = `
:root{color-scheme:light dark;--ground:#f6f9f9;--sheet:#fff;--ink:#14262b;--soft:#4f6167;--line:#d8e2e4;--done:#0f766e;--refused:#b45309;--failed:#be123c;--accent:#0f5f66;--well:#edf3f3}
@media (prefers-color-scheme:dark){:root{--ground:#0b1416;--sheet:#111d20;--ink:#e4eeef;--soft:#9db0b4;--line:#26383c;--done:#2dd4bf;--refused:#f59e0b;--failed:#fb7185;--accent:#5eead4;--well:#17262a}}
*{box-sizing:border-box}
body{margin:0;padding:32px 16px;background:var(--ground);color:var(--ink);font:14px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif;font-variant-numeric:tabular-nums;-webkit-text-size-adjust:100%}
main{max-width:960px;margin:0 auto}
h1{margin:0;font-size:28px;line-height:1.2;font-weight:600;letter-spacing:-.02em}
h2{margin:40px 0 12px;font-size:18px;font-weight:600}
p{margin:8px 0;max-width:72ch}
li code,p code{overflow-wrap:anywhere}.kicker{margin:0 0 4px;color:var(--soft)}
.soft{color:var(--soft)}
.lead{margin-top:16px;font-size:16px}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(130px,1fr));gap:12px;margin:24px 0 0;padding:0}
.tile{margin:0;padding:12px 16px;background:var(--sheet);border:1px solid var(--line);border-radius:6px}
.tile dt{color:var(--soft)}
.tile dd{margin:0;font-size:22px;font-weight:600}
.sheet{background:var(--sheet);border:1px solid var(--line);border-radius:6px;overflow-x:auto}
.chart{padding:16px}
svg{display:block;width:100%;min-width:600px;height:auto}
svg text{fill:var(--soft);font-size:11px;font-family:inherit}
.grid{stroke:var(--line);stroke-width:1}
.bar-done{fill:var(--done)}.bar-refused{fill:var(--refused)}.bar-failed{fill:var(--failed)}
.key{display:flex;flex-wrap:wrap;gap:4px 20px;margin:12px 0 0;padding:0;list-style:none;color:var(--soft)}
.key span{font-weight:600}
.done{color:var(--done)}.refused{color:var(--refused)}.failed{color:var(--failed)}
table{width:100%;border-collapse:collapse}
caption{padding:10px 12px 0;text-align:left;color:var(--soft)}
th,td{padding:7px 12px;text-align:left;vertical-align:top;border-top:1px solid var(--line)}
thead th{border-top:0;color:var(--soft);font-weight:500;white-space:nowrap}
td{overflow-wrap:anywhere}tbody th{min-width:9.5rem;font-weight:400}
.n{text-align:right;white-space:nowrap;overflow-wrap:normal}
.narrow{display:none}.at{white-space:nowrap;color:var(--soft)}
code{overflow-wrap:normal}code,pre{font:12px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
pre{overflow-wrap:anywhere;margin:0;padding:12px 16px;white-space:pre-wrap;background:var(--well);border-radius:6px}
.mark{display:inline-block;padding:1px 8px;border:1px solid currentColor;border-radius:999px;font-size:13px;font-weight:500;white-space:nowrap}
ul{margin:8px 0;padding-left:20px}
footer{margin-top:40px;padding-top:16px;border-top:1px solid var(--line);color:var(--soft);font-size:13px}
@media (max-width:560px){body{padding:20px 12px}h1{font-size:22px}th,td{padding:7px 8px}.wide{display:none}.narrow{display:block}.at{min-width:5.2rem}tbody th{min-width:8rem}.at{white-space:normal}}
@media print{:root{color-scheme:light;--ground:#fff;--sheet:#fff;--ink:#000;--soft:#444;--line:#bbb;--done:#0f766e;--refused:#b45309;--failed:#be123c;--accent:#000;--well:#f3f3f3}body{padding:0;font-size:11px}main{max-width:none}.sheet{overflow:visible}h2{break-after:avoid}tr,.tile,.chart{break-inside:avoid}thead{display:table-header-group}svg{min-width:0}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
@page{margin:16mm}
`;
