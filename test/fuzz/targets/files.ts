/** Files that users write or get from others: scopes, lists of targets, cassettes. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { formatCassette, parseCassette } from '../../../src/net/cassette.js';
import { parseScope } from '../../../src/scope/scope-document.js';
import { ScopeError } from '../../../src/scope/scope-shape.js';
import { parseTarget, TargetError } from '../../../src/scope/target.js';
import { noTargetLines, readTargetLine } from '../../../src/scope/target-lines.js';
import { cassettes } from '../../hostile/matrix/recorded.js';
import { read, type Target } from '../target.js';

const example = (): string => readFileSync(path.resolve('examples/scope.yaml'), 'utf8');
const lines = [
  '127.0.0.1:104',
  '127.0.0.0/30',
  '127.0.0.1-127.0.0.9',
  '[::1]:11112',
  'open tcp 104 127.0.0.1 1700000000',
  '{"ip":"127.0.0.1","port":104}',
  'pacs.example # x',
];

export const fileTargets: readonly Target[] = [
  read(
    'scope document',
    () => [example()],
    (text) => parseScope('scope.yaml', text),
    ScopeError,
  ),
  read(
    'target line',
    () => lines,
    (text) => readTargetLine(text, 'targets', 1, noTargetLines()),
    TargetError,
  ),
  read('target', () => lines, parseTarget, TargetError),
  read(
    'cassette',
    () =>
      cassettes()
        .map(({ entries }) => formatCassette('x', entries))
        .filter((text) => text.length < 20_000),
    parseCassette,
    SyntaxError,
  ),
];
