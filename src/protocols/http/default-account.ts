/** Published default accounts, one try each, and only at touch `credentials`. Sends a name and a password that the vendor printed. */
import type { Product } from '../../model/product.js';
import type { HttpConversation } from './conversation.js';
import type { HttpEvidence, WebDoor } from './evidence.js';

/** Product → name and password that its documentation or its shipped configuration gives. One a product: more would be guessing. */
const accounts: Readonly<Record<string, readonly [name: string, password: string]>> = {
  orthanc: ['orthanc', 'orthanc'], // shipped by the Docker images and in the commented line of the configuration
};

/** Only where a door asked for HTTP authentication: forms are left alone. */
export async function tryDefaultAccount(
  conversation: HttpConversation,
  product: Product | null,
  doors: readonly WebDoor[],
): Promise<HttpEvidence['defaultAccount']> {
  const account = product && Object.hasOwn(accounts, product.id) ? accounts[product.id] : undefined;
  const locked = doors.find(({ status }) => status === 401);
  if (!account || !locked) return 'not-tried';
  const authorization = `Basic ${btoa(account.join(':'))}`;
  const { status } = await conversation.request({ method: 'GET', path: locked.path, headers: { authorization } });
  if (status >= 200 && status < 300) return 'accepted';
  return status === 401 || status === 403 ? 'refused' : 'not-tried';
}
