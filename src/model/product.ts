/** What runs there, as far as it can be told, and what that rests on. */
export interface Product {
  /** Key of the remedies: `orthanc`, `dcmtk`, `dcm4chee-arc`, ... */
  readonly id: string;
  readonly name: string;
  readonly version: string | null;
  /** What it was recognised by, for example `implementation class UID`. */
  readonly basis: string;
}
