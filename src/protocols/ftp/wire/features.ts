/** The lines of a FEAT reply (RFC 2389) → what matters here. Keeps no text of them. */

export interface Features {
  /** AUTH TLS (RFC 4217), in whatever company. */
  readonly authTls: boolean;
  readonly prot: boolean;
  /** MLST and MLSD (RFC 3659 section 7). */
  readonly mlst: boolean;
  /** MLST offers the fact `perm` (RFC 3659 section 7.5.5). */
  readonly perm: boolean;
  /** RANG STREAM (draft-bryan-ftp-range): a RETR may be held to a range. */
  readonly range: boolean;
}

export const noFeatures: Features = { authTls: false, prot: false, mlst: false, perm: false, range: false };

/** IIS says `AUTH TLS;TLS-C;SSL;TLS-P;`, others one word a line. Longer lines than a feature can be are cut. */
export function readFeatures(lines: readonly string[]): Features {
  const features = lines.slice(1, -1).map((line) => line.slice(0, 400).trim().toUpperCase());
  const mlst = features.find((line) => line === 'MLST' || line.startsWith('MLST '));
  return {
    authTls: features.some(
      (line) =>
        line.startsWith('AUTH ') &&
        line
          .slice(5)
          .split(/[ ;]/)
          .some((scheme) => scheme === 'TLS' || scheme === 'TLS-C'),
    ),
    prot: features.some((line) => line === 'PROT' || line.startsWith('PROT ')),
    mlst: mlst !== undefined || features.includes('MLSD'),
    perm: (mlst ?? '')
      .slice(5)
      .split(';')
      .some((fact) => fact === 'PERM*' || fact === 'PERM'),
    range: features.some((line) => line.startsWith('RANG ') && line.includes('STREAM')),
  };
}
