/** What a caller without an account may do: sessions, the list of shares, and each share in turn. Fills the evidence as it goes. */
import { ConnectionFailure } from '../../model/connection.js';
import type { ProbeSettings } from '../../model/probe.js';
import { WireError } from '../../model/wire.js';
import type { Caller, SessionAnswer, SmbEvidence, SmbShare } from './evidence.js';
import { isExpected, wasSilent } from './hello.js';
import type { ShareList } from './server-service.js';
import { type ConnectedShare, unvisited, visitShare } from './share-access.js';
import type { NtlmChallenge } from './wire/ntlm.js';
import type { SharedResource } from './wire/share-enum.js';

export type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Shares that are looked into on one host; the others are named. */
const visitedShares = 16;
const firstBytesPerShare = 20;
/** A connection that took so much is replaced before the next share: it may not take more than 8 MiB in all. */
const freshAfterBytes = 3_000_000;

/** What is said to one server in one of the two languages, SMB 1 or SMB 2. */
export interface Tongue<Link extends { readonly received: number; close(): void }, Session> {
  /** A connection that has negotiated. */
  connect(): Promise<Link>;
  setUp(link: Link, caller: Caller, nonce: string): Promise<SetUp<Session>>;
  /** Throws what the connection throws. */
  list(link: Link, session: Session, server: string): Promise<ShareList>;
  /** The share at `\\\\server\\share`, or the status with which it was refused. */
  open(link: Link, session: Session, path: string): Promise<ConnectedShare | number | undefined>;
  logOff(link: Link, session: Session): Promise<void>;
}

export interface SetUp<Session> {
  readonly answer: SessionAnswer;
  /** To speak in, where it was granted. */
  readonly session: Session;
  readonly challenge: NtlmChallenge | undefined;
}

export class Visitor<Link extends { readonly received: number; close(): void }, Session> {
  readonly #tongue: Tongue<Link, Session>;
  readonly #settings: ProbeSettings;
  #link: Link | undefined;
  readonly #sessions = new Map<Caller, Session>();
  challenge: NtlmChallenge | undefined;

  /** `greeted`: a connection that has negotiated; another one is opened where there is none. */
  constructor(tongue: Tongue<Link, Session>, greeted: Link | undefined, settings: ProbeSettings) {
    this.#tongue = tongue;
    this.#link = greeted;
    this.#settings = settings;
  }

  async visit(evidence: Mutable<SmbEvidence>, server: string): Promise<void> {
    evidence.nullSession = await this.#callAs('anonymous');
    evidence.ntlm = namesOf(this.challenge);
    if (!isGuest(evidence.nullSession)) evidence.guestSession = await this.#callAs('stranger');
    noteEncryption(evidence);
    const callers = (['anonymous', 'stranger'] as const).filter((caller) => this.#sessions.has(caller));
    const resources = await this.#list(evidence, callers, server);
    const numbered = resources.map((resource, index) => ({ resource, number: index + 1 }));
    evidence.shares = numbered.map(({ resource, number }) => unvisited(resource, number));
    const disks = numbered.filter(({ resource }) => resource.kind === 'disk').slice(0, visitedShares);
    for (const { resource, number } of disks) {
      const share = await this.#look(resource, number, [...callers].reverse(), server);
      evidence.shares = evidence.shares.map((known) => (known.number === number ? share : known));
      noteEncryption(evidence);
    }
    evidence.farewell = await this.#leave();
  }

  close(): void {
    this.#link?.close();
  }

  async #ready(): Promise<Link> {
    this.#link ??= await this.#tongue.connect();
    return this.#link;
  }

  #drop(): void {
    this.#link?.close();
    this.#link = undefined;
    this.#sessions.clear();
  }

  async #callAs(caller: Caller): Promise<SessionAnswer> {
    const { answer, session, challenge } = await this.#tongue.setUp(await this.#ready(), caller, this.#settings.nonce);
    this.challenge ??= challenge;
    if (answer.answer === 'granted') this.#sessions.set(caller, session);
    if (answer.answer === 'closed' || answer.answer === 'no-answer') this.#drop();
    return answer;
  }

  async #list(evidence: Mutable<SmbEvidence>, callers: readonly Caller[], server: string): Promise<readonly SharedResource[]> {
    for (const caller of callers) {
      try {
        const { answer, shares } = await this.#as(caller, (link, session) => this.#tongue.list(link, session, server));
        evidence.shareList = { answer, by: caller };
        if (answer === 'listed' || answer === 'partly') return shares;
      } catch (error) {
        if (!isExpected(error)) throw error;
        evidence.shareList = { answer: wasSilent(error) ? 'no-answer' : error instanceof WireError ? 'failed' : 'closed', by: caller };
        this.#drop();
      }
    }
    return [];
  }

  /** The guest first, who is let in more often; where it is refused, the caller without a name. */
  async #look(resource: SharedResource, number: number, callers: readonly Caller[], server: string): Promise<SmbShare> {
    const { entryBudget, sample, seed } = this.#settings;
    const budget = { entries: entryBudget, firstBytes: sample ? firstBytesPerShare : 0, seed };
    const path = `\\\\${server}\\${resource.name}`;
    let best = unvisited(resource, number);
    for (const caller of callers) {
      if ((this.#link?.received ?? 0) > freshAfterBytes) await this.#leave().then(() => this.#drop());
      const { share, lost } = await this.#as(caller, (link, session) =>
        visitShare(() => this.#tongue.open(link, session, path), caller, budget, unvisited(resource, number)),
      );
      if (lost) this.#drop();
      if (best.access === 'not-tried' || share.access === 'open') best = share;
      if (share.access === 'open') break;
    }
    return best;
  }

  /** Within a session of this caller, which is set up again where the connection was lost. */
  async #as<Result>(caller: Caller, act: (link: Link, session: Session) => Promise<Result>): Promise<Result> {
    if (!this.#sessions.has(caller)) await this.#callAs(caller);
    const session = this.#sessions.get(caller);
    if (session === undefined) throw new ConnectionFailure('closed', 'the session was granted once and then no more', { connected: true, spoke: true });
    return act(await this.#ready(), session);
  }

  async #leave(): Promise<SmbEvidence['farewell']> {
    const link = this.#link;
    if (!link || this.#sessions.size === 0) return 'not-tried';
    for (const session of this.#sessions.values()) await this.#tongue.logOff(link, session);
    this.#sessions.clear();
    return 'logged-off';
  }
}

const isGuest = (answer: SessionAnswer): boolean => answer.answer === 'granted' && answer.as === 'guest';

function namesOf(challenge: NtlmChallenge | undefined): SmbEvidence['ntlm'] {
  if (!challenge) return null;
  const { version, computer, domain, dnsComputer, dnsDomain } = challenge;
  return { version: version && `${version.major}.${version.minor}.${version.build}`, computer, domain, dnsComputer, dnsDomain };
}

/** Said by a session or a share; or shown, where a share was listed in the clear. */
function noteEncryption(evidence: Mutable<SmbEvidence>): void {
  const sessions = [evidence.nullSession, evidence.guestSession];
  const demanded = sessions.some((session) => session.answer === 'granted' && session.encryptData) || evidence.shares.some(({ encryptData }) => encryptData);
  const inTheClear = evidence.shares.some(({ access }) => access === 'open');
  const required = !evidence.encryption.capable || inTheClear ? 'no' : demanded ? 'yes' : 'unknown';
  evidence.encryption = { ...evidence.encryption, required };
}
