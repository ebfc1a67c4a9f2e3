/** What a peer might put into a banner, a version or a certificate to take over the page or the terminal that shows it. */
import fc from 'fast-check';

const markup = [
  '</script><script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '<!--',
  ']]>',
  '&lt;b&gt;',
  '`',
  '</style>',
  '</title>',
  '=x y=',
];
const unseen = [
  '\u001b]0;owned\u0007',
  '\u001b[2J',
  '\u009b31m',
  '\u007f',
  '\u0000',
  '\r',
  '\n',
  '\t',
  '\u202e',
  '\u2066',
  '\u200b',
  '\u2028',
  '\ufeff',
  '\u{e0041}',
  '\ud800',
];
const part = fc.oneof(fc.constantFrom(...markup), fc.constantFrom(...unseen), fc.string({ unit: 'binary', minLength: 1 }), fc.constantFrom('心臓', 'e\u0301'));

/** Never empty. */
export const hostileText = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''));
