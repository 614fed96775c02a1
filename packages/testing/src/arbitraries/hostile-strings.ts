import * as fc from 'fast-check'

/** Texts that have broken programs before: for names, comments, reasons, ids, slugs, whatever people may write. */
export function hostileStrings(): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...known) },
    { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
    { weight: 1, arbitrary: fc.nat(30_000).map((length) => 'x'.repeat(length)) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.string({ maxLength: 12 }), fc.constantFrom(...known), fc.string({ maxLength: 12 }))
        .map((parts) => parts.join('')),
    },
  )
}

const known: readonly string[] = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\r\nBcc: everybody@people.example',
  '__proto__',
  'constructor',
  'toString',
  'null',
  'undefined',
  'NaN',
  '-0',
  "'; DROP TABLE events; --",
  '%_',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '{{7*7}}',
  '=HYPERLINK("https://elsewhere.example")',
  '../../etc/passwd',
  'https://user:password@elsewhere.example/',
  'javascript:alert(1)',
  '\ud800',
  '\u202etxt.exe',
  '\ufeffhidden',
  'a\u200bb',
  'e\u0301',
  '\u00e9',
  '\u0130stanbul',
  '👩‍👩‍👧‍👦',
  '𝕳𝖊𝖑𝖑𝖔',
  '2026-02-30T25:00:00.000Z',
  '9007199254740993',
]
