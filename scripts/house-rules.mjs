// Rules of this house that no tool knows: every decoder has a property test beside it and a target to be fuzzed, and the sources name no machine.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
  .split('\n')
  .filter((path) => path !== '' && existsSync(path));
const text = (path) => readFileSync(path, 'utf8');
const problems = [];

const wire = files.filter((path) => /^src\/protocols\/[^/]+\/wire\/.*\.ts$/.test(path) && !path.endsWith('.test.ts'));
for (const path of wire) {
  if (!/export (async )?function decode/.test(text(path))) continue;
  const beside = path.replace(/\.ts$/, '.test.ts');
  if (!existsSync(beside) || !text(beside).includes("from 'fast-check'")) {
    problems.push(`${path}: a decoder without a property test; write ${beside} (fast-check: any bytes, and one byte at a time)`);
  }
}

// Damaged bytes for every decoder: `npm run fuzz`.
for (const path of wire) {
  const [, protocol, file] = /^src\/protocols\/([^/]+)\/wire\/(.*)\.ts$/.exec(path);
  const targets = `test/fuzz/targets/${protocol}.ts`;
  const wanted = existsSync(targets) ? text(targets) : '';
  const imported = new RegExp(`import \\{([^}]*)\\} from '[./]*/src/protocols/${protocol}/wire/${file}\\.js'`).exec(wanted)?.[1] ?? '';
  for (const [, decoder] of text(path).matchAll(/export (?:async )?function (decode\w*)/g)) {
    const isCalled = wanted.split(new RegExp(`\\b${decoder}\\b`)).length > 3; // imported, named, called
    if (!isCalled || !new RegExp(`\\b${decoder}\\b`).test(imported) || !wanted.includes(`'${protocol}/${file}.${decoder}'`))
      problems.push(`${path}: nothing damages the bytes of ${decoder}; add a target '${protocol}/${file}.${decoder}' to ${targets}`);
  }
}

const listed = text('test/fuzz/targets/index.ts');
for (const path of files.filter((each) => /^test\/fuzz\/targets\/(?!index)[^/]+\.ts$/.test(each))) {
  if (!listed.includes(`'./${path.slice('test/fuzz/targets/'.length, -3)}.js'`)) problems.push(`${path}: not in test/fuzz/targets/index.ts`);
}

const checks = files.filter((path) => /^src\/checks\/[^/]+\.ts$/.test(path) && !path.endsWith('.test.ts'));
for (const path of checks) {
  const source = text(path);
  if (!source.includes('defineCheck(')) continue;
  const beside = path.replace(/\.ts$/, '.test.ts');
  const rows = existsSync(beside) ? text(beside) : '';
  const verdicts = ['pass', 'fail', 'unknown'].filter((verdict) => verdict !== 'unknown' || source.includes('unknown('));
  const missing = verdicts.filter((verdict) => !rows.includes(`'${verdict}'`));
  if (missing.length > 0) problems.push(`${beside}: a check's table has no row for ${missing.join(', ')}`);
}

const source = files.filter((path) => /\.(ts|js|mjs|json|md|ya?ml|sh|c)$|^\.npmrc$|^\.ci\/run$/.test(path) && path !== 'scripts/house-rules.mjs');
const ofOneMachine = [
  [/(?<![\w.])\/(?:home|Users|root|work)\/[a-z]{2}/, 'a path of one machine'],
  [/"resolved":\s*"http/, 'a registry host name'],
];
for (const path of source) {
  for (const [pattern, what] of ofOneMachine) if (pattern.test(text(path))) problems.push(`${path}: ${what}`);
}

for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exit(problems.length > 0 ? 1 : 0);
