// Who may import whom: the table of docs/architecture.md as rules. `npm run check` runs them.
const test = '\\.test\\.ts$|/test-support/';
const ownFolder = (name, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: `^src/${name}/`, pathNot: test },
  to: { path: '^src/', pathNot: [`^src/${name}/`, ...allowed] },
});

export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle means two files hold one concept: find the part that both need and give it a file.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'only-net-and-estate-open-sockets',
      comment: 'Scope, exclusions and limits are checked in net/dial. A socket opened elsewhere would go around them.',
      severity: 'error',
      from: { path: '^src/', pathNot: [test, '^src/net/', '^src/estate/'] },
      to: { path: '^(node:)?(net|tls|dns|dns/promises|dgram|http|https|http2)$' },
    },
    ownFolder('model', [], 'The nouns import nothing.'),
    {
      name: 'model-has-no-library',
      comment: 'The nouns are ours: a library in them would be in everything.',
      severity: 'error',
      from: { path: '^src/model/', pathNot: test },
      to: { dependencyTypes: ['npm', 'core'] },
    },
    {
      name: 'wire-is-bytes-only',
      comment: 'An encoder or decoder knows the nouns and its own folder; it can then be fuzzed without a network.',
      severity: 'error',
      from: { path: '^src/protocols/([^/]+)/(wire/|evidence\\.ts|products\\.ts|grounds\\.ts)', pathNot: test },
      to: { path: '^src/', pathNot: ['^src/model/', '^src/protocols/$1/(wire/|evidence\\.ts|products\\.ts|grounds\\.ts)'] },
    },
    {
      name: 'a-protocol-knows-itself',
      comment: 'A conversation may start TLS; of every other protocol it knows nothing. What two need belongs in model or net.',
      severity: 'error',
      from: { path: '^src/protocols/([^/]+)/', pathNot: test },
      to: {
        path: '^src/',
        pathNot: [
          '^src/model/',
          '^src/protocols/$1/',
          '^src/protocols/tls/',
          '^src/protocols/recognise\\.ts$',
          '^src/protocols/value-class/',
          '^src/protocols/counting/',
          '^src/content/',
        ],
      },
    },
    {
      name: 'checks-judge-evidence',
      comment: 'A check that could ask a device would make judging depend on the network; it reads evidence only.',
      severity: 'error',
      from: { path: '^src/checks/', pathNot: test },
      to: {
        path: '^src/',
        pathNot: [
          '^src/model/',
          '^src/checks/',
          '^src/content/malicious-rules\\.ts$',
          '^src/files/evidence\\.ts$',
          '^src/protocols/[^/]+/(evidence|products)\\.ts$',
        ],
      },
    },
    {
      name: 'checks-and-report-are-pure',
      comment: 'No files, clocks or processes: the same input gives the same report on every machine.',
      severity: 'error',
      from: { path: '^src/(checks|report|content|watch)/', pathNot: test },
      to: { dependencyTypes: ['core'] },
    },
    ownFolder(
      'content',
      ['^src/model/'],
      'What lies on a share is classed the same way for every protocol and for local folders: pure functions of names, sizes and 132 bytes.',
    ),
    ownFolder('protocols/counting', ['^src/model/'], 'How an archive is counted is one thing, whether it is asked by C-FIND or over the web.'),
    ownFolder('watch', ['^src/model/'], 'Two scans are compared by what reports say of them, wherever they lie.'),
    ownFolder('files', ['^src/model/', '^src/content/'], 'A local folder is classed as a share is; it needs no socket and no protocol.'),
    ownFolder('net', ['^src/model/'], 'Sockets know the nouns and nothing of protocols.'),
    ownFolder('scope', ['^src/model/'], 'What may be contacted is decided without knowing how it is contacted.'),
    ownFolder('audit', ['^src/model/'], 'The verbs know the shape of a probe and of a check, never one of them.'),
    ownFolder('report', ['^src/model/'], 'A report reads the report document.'),
    ownFolder('store', ['^src/model/'], 'The store keeps evidence as it is; it understands none of it.'),
    ownFolder('schedule', ['^src/model/', '^src/audit/'], 'The worker examines; where jobs come from and results go is given to it.'),
    {
      name: 'only-store-knows-sql',
      comment: 'One folder to change when the database changes.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/store/'] },
      to: { path: '^(node_modules/kysely|node:sqlite|node_modules/better-sqlite3)' },
    },
    {
      name: 'estate-serves-what-probes-ask',
      comment: 'The simulated devices share encoders and decoders with the probes, and nothing else: a probe must not be tested against itself.',
      severity: 'error',
      from: { path: '^src/estate/', pathNot: test },
      to: { path: '^src/', pathNot: ['^src/model/', '^src/estate/', '^src/protocols/[^/]+/wire/'] },
    },
    {
      name: 'nothing-imports-the-command-line',
      comment: 'The command line wires the rest together.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/cli/', test] },
      to: { path: '^src/cli/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsConfig: { fileName: 'tsconfig.node.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'], extensions: ['.ts', '.js', '.d.ts'] },
    reporterOptions: {
      archi: {
        collapsePattern: '^(?:src/protocols/[^/]+(?:/wire)?|src/[^/]+)',
        theme: {
          graph: { rankdir: 'TB', splines: 'true', bgcolor: 'white', fontname: 'Helvetica' },
          node: { shape: 'box', style: 'rounded,filled', fillcolor: '#eef3f7', color: '#5b7285', fontname: 'Helvetica' },
          edge: { color: '#7d8f9c', arrowsize: '0.7' },
        },
      },
    },
  },
};
