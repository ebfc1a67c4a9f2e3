// npm run new:check <id>: a check that compiles, passes `npm run check` and is to be rewritten line by line.
import { camelCase, edit, nameArgument, tidy, writeNew } from './scaffold.mjs';

const id = nameArgument('use: npm run new:check <id>   the exposed state in lower case, for example guest-account-open');
const name = camelCase(id);

writeNew({
  [`src/checks/${id}.ts`]: `/** The question that this check answers, in one sentence. */
import { defineCheck, fail, pass, unknown, type Verdict } from '../model/check.js';
import { type DicomEvidence, dicom } from '../protocols/dicom/evidence.js';
import { dcm4cheeTitle, dcmtkTitle, orthancTitle } from './dicom-remedies.js';
import { cwe, gdprArticle32, hipaaAccessControl, nistSp180024 } from './references.js';

export const ${name} = defineCheck({
  id: '${id}',
  title: 'What an outsider finds, in words of a report',
  severity: 'low',
  why: 'What somebody can do with it, to whom, and who has seen it happen.',
  remedy: {
    text: 'What to change, in any product.',
    products: [orthancTitle, dcmtkTitle, dcm4cheeTitle],
    prove: 'dosimeter scan {host} --ports {port}',
  },
  references: {
    requirement: [hipaaAccessControl, gdprArticle32],
    target: [nistSp180024],
    weakness: [cwe(284, 'Improper Access Control')],
  },
  needs: { dicom },
  judge: ({ dicom }) => judge(dicom),
});

/** Fail: the exposed state was seen. Pass: its absence was seen. Everything else is unknown. */
function judge({ echo }: DicomEvidence): Verdict {
  if (echo.answer === 'success') return fail('what was seen', { echo: echo.answer });
  return echo.answer === 'not-tried' ? unknown('why it could not be learnt') : pass('what was seen instead', { echo: echo.answer });
}
`,
  [`src/checks/${id}.test.ts`]: `import { describe, expect, it } from 'vitest';
import { openNode } from '../../test/fixtures/dicom-evidence.js';
import type { Verdict } from '../model/check.js';
import type { DicomEvidence } from '../protocols/dicom/evidence.js';
import { ${name} } from './${id}.js';

const rows: readonly (readonly [string, DicomEvidence['echo'], Verdict['verdict']])[] = [
  ['answered', { answer: 'success', status: 0 }, 'fail'],
  ['refused', { answer: 'not-authorised', status: 0x0124 }, 'pass'],
  ['not asked', { answer: 'not-tried', status: null }, 'unknown'],
];

describe('${id}', () => {
  it.each(rows)('%s', (_, echo, verdict) => {
    expect(${name}.judge({ dicom: { ...openNode, echo } }, { now: 0 })).toMatchObject({ verdict });
  });
});
`,
});
edit('src/checks/index.ts', [
  ["import type { AnyCheck } from '../model/check.js';\n", `import type { AnyCheck } from '../model/check.js';\nimport { ${name} } from './${id}.js';\n`],
  ['\n];\n', `\n  ${name},\n];\n`],
]);
tidy();
process.stdout.write(`\nNext: rewrite src/checks/${id}.ts and its table; docs/adding-a-check.md goes through it. npm run check says when it holds.\n`);
