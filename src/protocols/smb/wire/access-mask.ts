/** Access masks of files, pipes and folders, MS-SMB2 sections 2.2.13.1.1 and 2.2.13.1.2. */

export const access = {
  /** Of a folder: list it. */
  readData: 0x1,
  /** Of a folder: add a file. */
  writeData: 0x2,
  /** Of a folder: add a folder. */
  appendData: 0x4,
  deleteChild: 0x40,
  readAttributes: 0x80,
  delete: 0x10000,
  synchronize: 0x100000,
} as const;

export const hasAccess = (mask: number, ...wanted: readonly number[]): boolean => wanted.some((bit) => (mask & bit) !== 0);
