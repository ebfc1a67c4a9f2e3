/** SPNEGO (RFC 4178) around NTLM tokens, as much of its DER as we send. Tokens that come are searched for NTLM, not parsed. */

const spnegoOid = Uint8Array.of(0x06, 0x06, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x02);
/** 1.3.6.1.4.1.311.2.2.10, MS-SPNG section 1.9. */
const ntlmOid = Uint8Array.of(0x06, 0x0a, 0x2b, 0x06, 0x01, 0x04, 0x01, 0x82, 0x37, 0x02, 0x02, 0x0a);

const tags = { application: 0x60, sequence: 0x30, octets: 0x04, context: 0xa0 } as const;

/** NegTokenInit that proposes NTLM alone. */
export function encodeNegTokenInit(ntlm: Uint8Array): Uint8Array {
  const mechanisms = wrapped(tags.context, wrapped(tags.sequence, ntlmOid));
  const token = wrapped(tags.context + 2, wrapped(tags.octets, ntlm));
  return wrapped(tags.application, joined(spnegoOid, wrapped(tags.context, wrapped(tags.sequence, joined(mechanisms, token)))));
}

/** NegTokenResp with the next NTLM message. */
export function encodeNegTokenResp(ntlm: Uint8Array): Uint8Array {
  return wrapped(tags.context + 1, wrapped(tags.sequence, wrapped(tags.context + 2, wrapped(tags.octets, ntlm))));
}

function wrapped(tag: number, content: Uint8Array): Uint8Array {
  const { length } = content;
  if (length > 0xffff) throw new RangeError(`${length} bytes are no token of ours`);
  const lengthBytes = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return joined(Uint8Array.of(tag, ...lengthBytes), content);
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
