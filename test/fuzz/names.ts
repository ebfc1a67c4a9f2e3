/** Names of targets, as files and on the command line. */
import { targets } from './targets/index.js';

/** Without what file systems have another use for. */
export const fileNameOf = (target: string): string => target.replaceAll('/', '.').replaceAll(' ', '_');

export const targetNames: readonly string[] = targets.map(({ name }) => name);
