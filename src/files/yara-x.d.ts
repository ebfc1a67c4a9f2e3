/** The part of @litko/yara-x that is used. The package is optional: it has binaries for some systems only. */
declare module '@litko/yara-x' {
  export interface Scanner {
    scan(bytes: Uint8Array): readonly { readonly ruleIdentifier: string }[];
    setMaxMatchesPerPattern(most: number): void;
  }
  export function fromFile(path: string, options?: { readonly includeDirectories?: readonly string[] }): Scanner;
}
