/** Lets a plain Node process of a test run the TypeScript sources: `./x.js` is `./x.ts`, types are taken out, nothing is checked. */
import { readFile } from 'node:fs/promises';
import typescript from 'typescript';

const own = (url) => url.startsWith('file:') && url.includes('/src/');

export async function resolve(specifier, context, next) {
  const ours = specifier.startsWith('.') && specifier.endsWith('.js') && own(context.parentURL ?? '');
  return next(ours ? specifier.replace(/\.js$/, '.ts') : specifier, context);
}

export async function load(url, context, next) {
  if (!own(url) || !url.endsWith('.ts')) return next(url, context);
  const compilerOptions = { module: typescript.ModuleKind.ESNext, target: typescript.ScriptTarget.ES2022, verbatimModuleSyntax: true };
  const { outputText } = typescript.transpileModule(await readFile(new URL(url), 'utf8'), { compilerOptions });
  return { format: 'module', source: outputText, shortCircuit: true };
}
