/** What the process says to a script that called it, and the errors that end it. */
export const exitCodes = { clean: 0, findings: 1, usage: 2, incomplete: 3 } as const;

/** Wrong use, with one line that says what to do. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

/** Errors whose message is written for the user; anything else is our defect and shows its stack. */
const spokenErrors = new Set(['UsageError', 'TargetError', 'ScopeError', 'PortsError', 'StoreError', 'AddressError', 'FolderError', 'YaraError']);

export const isSpoken = (error: unknown): error is Error => error instanceof Error && spokenErrors.has(error.name);
