/** `dosimeter checks [ID]`: what is checked, why, with the clause of the standard and the remedy. */
import { Command } from 'commander';
import { checks } from '../../checks/index.js';
import type { AnyCheck, ProductRemedy, Reference } from '../../model/check.js';
import { UsageError } from '../exit-codes.js';
import { colour, writeOut } from '../output.js';

export function checksCommand(): Command {
  return new Command('checks')
    .description('what is checked, why, with the clause of the standard and the remedy')
    .argument('[id]', 'show one check whole')
    .option('--format <format>', 'terminal or json', 'terminal')
    .addHelpText('after', '\nExamples:\n  dosimeter checks\n  dosimeter checks open-query')
    .action(async (id: string | undefined, options: { format: string }) => {
      const chosen = id === undefined ? checks : [checkCalled(id)];
      if (options.format === 'json') await writeOut(`${JSON.stringify(chosen.map(asData), null, 2)}\n`);
      else await writeOut(id === undefined ? listOf(chosen) : chosen.map(whole).join('\n'));
    });
}

function checkCalled(id: string): AnyCheck {
  const check = checks.find((entry) => entry.id === id);
  if (!check) throw new UsageError(`there is no check "${id}": run "dosimeter checks" for the list`);
  return check;
}

const asData = ({ id, title, severity, why, remedy, references }: AnyCheck) => ({ id, title, severity, why, remedy, references });

function listOf(list: readonly AnyCheck[]): string {
  const width = Math.max(...list.map((check) => check.id.length));
  return `${list.map((check) => `${check.id.padEnd(width)}  ${check.severity.padEnd(8)}  ${check.title}`).join('\n')}\n`;
}

function whole(check: AnyCheck): string {
  const { requirement, target, weakness } = check.references;
  return [
    `${colour('bold', check.title)}  (${check.id}, ${check.severity})`,
    '',
    check.why,
    '',
    colour('bold', 'What to do'),
    check.remedy.text,
    ...check.remedy.products.map(settings),
    '',
    `Show that it is closed:  ${check.remedy.prove}`,
    '',
    colour('bold', 'References'),
    ...named('requirement', requirement),
    ...named('target', target),
    ...named('weakness', weakness),
    '',
  ].join('\n');
}

function settings(remedy: ProductRemedy): string {
  const lines = remedy.lines.map((line) => `    ${line}`);
  const note = remedy.note === undefined ? [] : [`  Note: ${remedy.note}`];
  return ['', `${remedy.name}, in ${remedy.where}:`, ...lines, `  To take it back: ${remedy.rollback}`, ...note].join('\n');
}

const named = (role: string, references: readonly Reference[]): readonly string[] =>
  references.map(({ id, title, url }) => `  ${role}: ${id}  ${title}  ${url}`);
