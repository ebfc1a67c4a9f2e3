/** `dosimeter scope check FILE TARGET…`: what a scope file allows, without sending a packet. */
import { Command, Option } from 'commander';
import { type Touch, touchLevels } from '../../model/touch.js';
import { lookupAddresses } from '../../net/lookup.js';
import { decide } from '../../scope/decide.js';
import { defaultPorts, parsePorts } from '../../scope/ports.js';
import { resolveTargets } from '../../scope/resolve.js';
import { readScopeFile } from '../../scope/scope.js';
import { exitCodes } from '../exit-codes.js';
import { writeOut } from '../output.js';

/** Addresses of one target that are shown; the rest is counted. */
const shown = 20;

export function scopeCommand(): Command {
  const check = new Command('check')
    .description('say which targets a scope file allows, and why not the others; sends nothing')
    .argument('<file>', 'scope file')
    .argument('[target...]', 'addresses, networks or host names')
    .addOption(new Option('--touch <level>', 'how hard a scan would lean').choices([...touchLevels]).default('anonymous'))
    .option('--ports <list>', 'ports that a scan would ask')
    .addHelpText('after', '\nExamples:\n  dosimeter scope check scope.yaml\n  dosimeter scope check scope.yaml 10.20.0.0/28 pacs.example.org')
    .action(checkScope);
  return new Command('scope').description('read a scope file and say what it allows').addCommand(check);
}

async function checkScope(file: string, targets: string[], options: { touch: Touch; ports?: string }): Promise<void> {
  const scope = await readScopeFile(file);
  const ports = options.ports === undefined ? defaultPorts : parsePorts(options.ports);
  await writeOut(`${file} is good: authorised by ${scope.authority}, ${scope.ranges.length} range(s), ${scope.exclude.length} exclusion(s)\n`);
  let refused = 0;
  for (const target of await resolveTargets(targets, lookupAddresses)) {
    let count = 0;
    for (const address of target.addresses()) {
      const decisions = (target.ports ?? ports).map((port) => decide(scope, null, address, port, options.touch, Date.now()));
      const decision = decisions.find((entry) => entry.allowed) ?? decisions[0];
      if (!decision) continue;
      if (!decision.allowed) refused += 1;
      count += 1;
      if (count <= shown)
        await writeOut(
          `${decision.allowed ? `allowed, touch ${decision.touch}` : `refused: ${decision.reason}`}  ${address}${target.hostName === null ? '' : ` (${target.hostName})`}\n`,
        );
    }
    if (count > shown) await writeOut(`... and ${count - shown} more addresses\n`);
  }
  process.exitCode = refused > 0 ? exitCodes.usage : exitCodes.clean;
}
