/** For checks that judge several protocols: which settings close which door of the same product. */
import type { ProductRemedy } from '../model/check.js';

const bound = (services: readonly string[], remedies: readonly ProductRemedy[]): readonly ProductRemedy[] =>
  remedies.map((remedy) => ({ ...remedy, services }));

export const overDicom = (...remedies: readonly ProductRemedy[]): readonly ProductRemedy[] => bound(['dicom', 'dicom over tls'], remedies);
export const overTheWeb = (...remedies: readonly ProductRemedy[]): readonly ProductRemedy[] => bound(['http', 'https'], remedies);
export const overSmb = (...remedies: readonly ProductRemedy[]): readonly ProductRemedy[] => bound(['smb', 'smb over netbios'], remedies);
export const overNfs = (...remedies: readonly ProductRemedy[]): readonly ProductRemedy[] => bound(['nfs'], remedies);
export const overFtp = (...remedies: readonly ProductRemedy[]): readonly ProductRemedy[] => bound(['ftp', 'ftps'], remedies);
export const overRsync = (...remedies: readonly ProductRemedy[]): readonly ProductRemedy[] => bound(['rsync', 'rsync over tls'], remedies);
