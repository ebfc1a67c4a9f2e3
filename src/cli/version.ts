/** The version of this package, read once from package.json. */
import { readFileSync } from 'node:fs';

export const version: string = (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }).version;

/** Implementation Version Name, at most 16 characters (PS3.7 section D.3.3.2.3). */
export const implementationVersionName: string = `DOSIMETER_${version}`.slice(0, 16);
