// Every element carries its style, for programs that ignore <style>; what only <style> can say (dark colours) is an extra.

const light = {
  page: '#f3f3f0',
  card: '#ffffff',
  text: '#1d1d1b',
  quiet: '#595955',
  line: '#deded8',
  panel: '#f6f6f3',
  accent: '#1f4fbf',
  onAccent: '#ffffff',
}

const dark = {
  page: '#121314',
  card: '#1c1d1f',
  text: '#ececea',
  quiet: '#adadaa',
  line: '#3a3b3e',
  panel: '#26272a',
  accent: '#9dbdff',
  onAccent: '#0c1a38',
}

const wraps = 'overflow-wrap:anywhere;word-break:break-word'
const padding = '14px 24px'
const letters =
  "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:17px;line-height:1.5"

/** Styles by what they are for, to be written into `style` attributes. */
export const inline = {
  page: `margin:0;padding:0;width:100%;background-color:${light.page}`,
  around: 'padding:24px 12px',
  card: `width:100%;max-width:600px;background-color:${light.card};border:1px solid ${light.line};border-radius:12px;border-collapse:separate`,
  inside: `padding:28px 24px;text-align:left;${letters};color:${light.text};${wraps}`,
  sender: `margin:0 0 24px;padding:0 0 16px;border-bottom:1px solid ${light.line};font-weight:600`,
  paragraph: 'margin:0 0 16px',
  heading: 'margin:28px 0 12px;font-size:19px;line-height:1.35;font-weight:600',
  quote: `margin:0 0 16px;padding:2px 0 2px 16px;border-left:4px solid ${light.line}`,
  list: 'margin:0 0 16px;padding:0 0 0 24px',
  item: 'margin:0 0 6px',
  facts: `margin:0 0 16px;padding:14px 16px 2px;background-color:${light.panel};border-radius:8px`,
  factName: `font-size:16px;color:${light.quiet}`,
  factValue: 'margin:0 0 12px',
  buttonTable: 'margin:24px 0;border-collapse:separate',
  buttonCell: `background-color:${light.accent};border-radius:8px;mso-padding-alt:${padding}`,
  button: `display:inline-block;padding:${padding};${letters};color:${light.onAccent};font-weight:600;text-decoration:none`,
  link: 'margin:0 0 6px',
  anchor: `color:${light.accent}`,
  note: `margin:0 0 16px;font-size:16px;color:${light.quiet}`,
  closing: 'margin:28px 0 0',
  footer: `margin:24px 0 0;padding:16px 0 0;border-top:1px solid ${light.line};font-size:16px;color:${light.quiet}`,
} as const

/** What inline styles cannot say. */
export const sheet = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (max-width: 480px) {
  .around { padding: 0 !important; }
  .card { border: 0 !important; border-radius: 0 !important; }
  .inside { padding: 20px 16px !important; }
}
@media (prefers-color-scheme: dark) {
  .page { background-color: ${dark.page} !important; }
  .card { background-color: ${dark.card} !important; border-color: ${dark.line} !important; }
  .inside { color: ${dark.text} !important; }
  .line, .quote { border-color: ${dark.line} !important; }
  .facts { background-color: ${dark.panel} !important; }
  .quiet { color: ${dark.quiet} !important; }
  .link { color: ${dark.accent} !important; }
  td.button { background-color: ${dark.accent} !important; }
  a.button { color: ${dark.onAccent} !important; }
}
`
