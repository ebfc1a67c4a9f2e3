/** Unique identifiers that the conversation needs. Opens no sockets. */

/** DICOM Application Context Name, PS3.7 section A.2.1. */
export const applicationContextName = '1.2.840.10008.3.1.1.1';

export const implicitVrLittleEndian = '1.2.840.10008.1.2';
export const explicitVrLittleEndian = '1.2.840.10008.1.2.1';

/** Who we are (PS3.7 section D.3.3.2), under 2.25 (PS3.5 section B.2). Administrators may allow-list and audit by it. */
export const ownImplementationClassUid = '2.25.138775738492488326559719065011452113515';

/** A study that exists nowhere: asking for it costs an archive one indexed look-up and returns nothing. */
export const studyThatNobodyHas = '2.25.240822461418293942066652730053334643127';
