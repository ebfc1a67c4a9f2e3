/**
 * The conversation with an FTP server: greeting, features, TLS, an anonymous login and what it may list. Three control connections at most. Stores,
 * changes and deletes nothing: the commands for it do not exist here (`wire/command.ts`), and of a file it takes 132 bytes at most.
 */
import { surveyTree } from '../../content/survey.js';
import { ConnectionFailure, type Dial } from '../../model/connection.js';
import type { ContentSurvey } from '../../model/content-survey.js';
import { defineProbe, type ProbeTarget } from '../../model/probe.js';
import { type Right, type Rights, unknownRights } from '../../model/rights.js';
import type { Share } from '../../model/share.js';
import { touchAllows } from '../../model/touch.js';
import { WireError } from '../../model/wire.js';
import { FtpControl, ftpPorts } from './control.js';
import { type AnonymousLogin, type ClearLogin, type DataProtection, type FtpEvidence, type FtpTls, ftp } from './evidence.js';
import { type Asked, loginAnonymously, offerName, saysAnonymousOnly, saysNoAnonymous } from './login.js';
import { type HeardLines, recogniseFtp } from './products.js';
import { askForTls, noTls, protectData, sessionFacts } from './secure.js';
import { FtpTree } from './tree.js';
import { type Features, noFeatures, readFeatures } from './wire/features.js';
import { readQuoted } from './wire/quoted.js';

/** Files of which the first bytes may be read. */
const sampledFiles = 20;

export const ftpProbe = defineProbe<FtpEvidence>({
  id: 'ftp',
  produces: ftp,
  ports: ftpPorts,
  tried: 'own-ports',
  touch: 'handshake',
  transports: ['plain', 'tls'],
  run: (target, dial) => new Visit(target, dial).run(),
});

type Heard = { -readonly [Where in keyof HeardLines]: HeardLines[Where] };

/** What has been learnt so far. */
class Visit {
  readonly #target: ProbeTarget;
  readonly #dial: Dial;
  readonly #tally = { commands: 0 };
  readonly #heard: Heard = {};
  readonly #open: FtpControl[] = [];
  #greeting: FtpEvidence['greeting'] = 'ready';
  #features: Features = noFeatures;
  #tls: FtpTls = noTls('not-tried');
  #clearLogin: ClearLogin = 'not-tried';
  #direct: AnonymousLogin = 'not-tried';
  #overTls: AnonymousLogin = 'not-tried';
  #dataProtection: DataProtection = 'not-tried';
  #tree: FtpTree | null = null;
  #share: Share | null = null;
  /** A slow refusal was waited for. */
  #hasWaited = false;

  constructor(target: ProbeTarget, dial: Dial) {
    this.#target = target;
    this.#dial = dial;
  }

  async run(): Promise<FtpEvidence> {
    try {
      await this.#converse();
    } catch (error) {
      // Whatever was learnt is evidence; only a peer that never greeted leaves nothing.
      const isPeers = error instanceof ConnectionFailure || error instanceof WireError;
      if (!isPeers || this.#heard.greeting === undefined) throw error;
    } finally {
      for (const control of this.#open) await control.quit();
    }
    return this.#evidence();
  }

  async #converse(): Promise<void> {
    const first = await this.#connect();
    if (this.#greeting === 'busy') return;
    await this.#askFeatures(first);
    const mayLogIn = touchAllows(this.#target.settings.touch, 'anonymous');
    if (this.#target.transport === 'tls') {
      this.#tls = await sessionFacts('implicit', first.secure);
      this.#dataProtection = await protectData(first);
      if (mayLogIn) await this.#logIn(first, null);
      return;
    }
    this.#tls = await askForTls(first);
    const secured = this.#tls.offer === 'offered' ? first : null;
    if (secured) this.#dataProtection = await protectData(secured);
    if (mayLogIn) await this.#logIn(this.#tls.offer === 'refused' ? first : await this.#connect(), secured);
  }

  async #connect(): Promise<FtpControl> {
    const { transport, endpoint } = this.#target;
    const { control, greeting } = await FtpControl.open(this.#dial, transport, endpoint, this.#tally);
    this.#open.push(control);
    if (greeting.code !== 220) this.#greeting = 'busy';
    this.#heard.greeting ??= greeting.lines.map((line) => line.replace(/^220[- ]/, ''));
    return control;
  }

  async #askFeatures(control: FtpControl): Promise<void> {
    const { code, lines } = await control.ask('FEAT');
    if (code === 211) this.#features = readFeatures(lines);
  }

  /** `direct`: over the transport of the port. `secured`: a second connection, after AUTH TLS. */
  async #logIn(first: FtpControl, secured: FtpControl | null): Promise<void> {
    if (this.#greeting === 'busy') return;
    const direct = await this.#logInDirectly(first);
    if (secured && (this.#direct === 'accepted' || this.#direct === 'tls-first')) {
      this.#overTls = this.#heardAs(await loginAnonymously(secured, !this.#hasWaited));
    }
    // Inside TLS, where there is a choice: what is listed names people.
    if (secured && this.#overTls === 'accepted') await this.#lookOrLeave(secured);
    const isSeen = this.#share !== null && !this.#tree?.dataFailed;
    if (this.#direct === 'accepted' && !isSeen) await this.#look(direct);
  }

  /** The connection on which the last answer came. */
  async #logInDirectly(control: FtpControl): Promise<FtpControl> {
    const greeting = this.#heard.greeting ?? [];
    if (this.#target.transport === 'plain') {
      const offered = saysAnonymousOnly(greeting) ? { answer: 'anonymous-only' as const, lines: [], letsIn: false } : await offerName(control);
      this.#clearLogin = offered.answer;
      this.#hear(offered.lines);
      if (offered.letsIn) {
        this.#direct = 'accepted';
        return control;
      }
    }
    if (saysNoAnonymous(greeting)) {
      this.#direct = 'announced-refused';
      return control;
    }
    let current = control;
    let asked = await loginAnonymously(current, true);
    if (asked.hungUp && this.#clearLogin === 'tls-first') {
      // vsftpd hangs up after it demanded TLS of an account: the question about anonymous callers needs a connection of its own.
      current = await this.#connect();
      asked = await loginAnonymously(current, true);
    }
    this.#direct = this.#heardAs(asked);
    this.#hasWaited = this.#direct === 'refused' || this.#direct === 'no-answer';
    return current;
  }

  #heardAs({ answer, lines }: Asked<AnonymousLogin>): AnonymousLogin {
    this.#hear(lines);
    return answer;
  }

  #hear(lines: readonly string[]): void {
    this.#heard.login = [...(this.#heard.login ?? []), ...lines];
  }

  /** Where the connection over TLS ends, the one in the clear may still tell. */
  async #lookOrLeave(control: FtpControl): Promise<void> {
    try {
      await this.#look(control);
    } catch (error) {
      if (!(error instanceof ConnectionFailure) && !(error instanceof WireError)) throw error;
    }
  }

  async #look(control: FtpControl): Promise<void> {
    await this.#identify(control);
    // Some servers name their features only to those who are in.
    if (this.#features === noFeatures) await this.#askFeatures(control);
    const { code, lines } = await control.ask('PWD');
    const root = (code === 257 ? readQuoted(lines.join(' ')) : undefined) ?? '/';
    const tree = new FtpTree(control, this.#features, root);
    this.#tree = tree;
    this.#share = await this.#survey(tree);
    if (control.protectsData) this.#dataProtection = tree.dataWorked ? 'works' : tree.dataFailed ? 'failed' : this.#dataProtection;
  }

  async #identify(control: FtpControl): Promise<void> {
    for (const [command, where] of [
      ['SYST', 'system'],
      ['STAT', 'status'],
      ['HELP', 'help'],
    ] as const) {
      const known = recogniseFtp(this.#heard);
      const couldSayMore = known === null || (known.id === 'vsftpd' && known.version === null && where === 'status');
      if (couldSayMore) this.#heard[where] = (await control.ask(command)).lines;
    }
  }

  async #survey(tree: FtpTree): Promise<Share> {
    const { settings } = this.#target;
    const shown = settings.sample ? tree : { root: tree.root, list: tree.list.bind(tree) };
    const budget = { entries: settings.entryBudget, firstBytes: sampledFiles, seed: settings.seed };
    let content: ContentSurvey | null = null;
    try {
      content = await surveyTree(shown, budget);
    } catch (error) {
      if (!(error instanceof ConnectionFailure) && !(error instanceof WireError)) throw error;
    }
    const isListed = tree.listing !== 'refused' && tree.listing !== 'no-data-connection' && tree.listing !== 'not-tried';
    return {
      number: 1,
      label: '/',
      access: tree.listing === 'refused' ? 'forbidden' : isListed ? 'open' : 'unclear',
      rights: rightsOf(tree, content),
      rightsFrom: tree.perms.seen ? 'the listing, and the facts "perm" in it (RFC 3659)' : 'the listing; the server does not say who may write',
      content: isListed ? content : null,
    };
  }

  #evidence(): FtpEvidence {
    const pasvElsewhere = this.#open
      .map((control) => control.pasvElsewhere)
      .reduce<boolean | null>((sum, each) => (each === null ? sum : (sum ?? false) || each), null);
    return {
      transport: this.#target.transport,
      greeting: this.#greeting,
      product: recogniseFtp(this.#heard),
      tls: this.#tls,
      clearLogin: this.#clearLogin,
      anonymous: { direct: this.#direct, overTls: this.#overTls },
      dataProtection: this.#dataProtection,
      listing: this.#tree?.listing ?? 'not-tried',
      pasvElsewhere,
      permFacts: this.#tree?.perms.seen ?? false,
      shares: this.#share ? [this.#share] : [],
      commands: this.#tally.commands,
    };
  }
}

/** Reading is what was done: the names alone tell of people. Without facts about writing nothing is known of it, whatever the mode bits say. */
function rightsOf(tree: FtpTree, content: ContentSurvey | null): Rights {
  if (tree.listing === 'refused') return { ...unknownRights, read: 'no' };
  const isListed = tree.listing !== 'no-data-connection' && tree.listing !== 'not-tried';
  const read: Right = isListed ? 'yes' : 'unknown';
  return tree.perms.seen ? tree.perms.rights(content?.ended === 'whole') : { ...unknownRights, read };
}
