/** YARA rules of the user's own, compiled by YARA-X. Of a match its rule's identifier is kept, and nothing of the file. */
import { dirname } from 'node:path';

export interface YaraRules {
  /** Identifiers of the rules that match. */
  matching(bytes: Uint8Array): readonly string[];
}

/** `message` is for the user. */
export class YaraError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'YaraError';
  }
}

/** Throws `YaraError` where the package is missing or the rules are wrong. */
export async function loadYaraRules(path: string): Promise<YaraRules> {
  const { fromFile } = await library();
  try {
    const scanner = fromFile(path, { includeDirectories: [dirname(path)] });
    scanner.setMaxMatchesPerPattern(1);
    return { matching: (bytes) => scanner.scan(bytes).map(({ ruleIdentifier }) => ruleIdentifier) };
  } catch (error) {
    throw new YaraError(`the YARA rules in ${path} cannot be used: ${error instanceof Error ? error.message : 'unknown error'}`);
  }
}

async function library(): Promise<typeof import('@litko/yara-x')> {
  try {
    return await import('@litko/yara-x');
  } catch {
    throw new YaraError(
      '--yara needs the optional package @litko/yara-x: "npm install @litko/yara-x@0.3.0" where dosimeter is installed (it has binaries for Linux with ' +
        'glibc on x64; for others see its page). Without --yara the rules of dosimeter itself are used, which need no package',
    );
  }
}
