/** The few status numbers that mean something to a conversation; NFSv3 and NFSv4 share the first ones (RFC 1813 section 2.6, RFC 7530 section 13.1). */

/** NFS3ERR_PERM and MNT3ERR_PERM: Linux says it to a source port of 1024 and above. */
export const notPermitted = 1;
/** NFS3ERR_ACCES, MNT3ERR_ACCES, NFS4ERR_ACCESS. */
export const accessDenied = 13;
/** NFS3ERR_NOTSUPP: the procedure is not there. */
export const notSupported = 10_004;
/** NFS4ERR_WRONGSEC: another security flavour is wanted. */
export const wrongSecurity = 10_016;
/** NFS4ERR_MINOR_VERS_MISMATCH. */
export const minorVersionMismatch = 10_021;
