/** Do images lie open on a share: listed to anyone, to be had with the next request? Of a few the first 132 bytes were read, of none more. */
import { fail, notApplicable, pass, unknown, type Verdict } from '../model/check.js';
import { addEstimates, type Estimate } from '../model/exposure.js';
import { openShares, type Share } from '../model/share.js';
import { amount, grouped, isCounted, listed } from './amount-words.js';

const untried = 'more was not tried, since Dosimeter never fetches an image';

export function judgeShareImages(shares: readonly Share[]): Verdict {
  const open = openShares(shares);
  const because = facts(shares, open);
  const holding = open.filter(({ content }) => content && isCounted(content.images) && content.images.value > 0);
  const readable = holding.filter(({ rights }) => rights.read !== 'no');
  if (readable.length > 0) return holdings(readable, because);
  if (holding.length > 0) return pass('it lists images to anyone, but gives out none of them', because);
  if (open.some(({ content }) => content === null)) return unknown('anyone may look into it, but what lies there was not counted', because);
  if (open.some(({ content }) => content !== null && !isEmptyOfImages(content.images))) {
    return unknown('anyone may look into it; no image was seen, but not all of it was listed', because);
  }
  if (open.length > 0) return notApplicable('what lies open holds no image at the moment', because);
  if (shares.some(({ access }) => access === 'unclear' || access === 'not-tried')) return unknown('what may hold images was not seen, nor refused', because);
  return shares.length > 0 ? pass('nobody is let in without an account', because) : notApplicable('no share was seen', because);
}

const isEmptyOfImages = ({ basis, value }: { readonly basis: string; readonly value: number }): boolean => basis === 'exact' && value === 0;

function holdings(shares: readonly Share[], because: Verdict['because']): Verdict {
  const images = addEstimates(shares.map(({ content }) => content?.images ?? null));
  const asked = shares.reduce((sum, { content }) => sum + (content?.sampled.asked ?? 0), 0);
  const dicom = shares.reduce((sum, { content }) => sum + (content?.sampled.dicom ?? 0), 0);
  const places = listed(shares.slice(0, 5).map(({ label }) => label)) + (shares.length > 5 ? ` and ${shares.length - 5} more` : '');
  const counted = images ? `${amount(images, 'image', 'images')}${between(images)}` : 'images';
  if (asked === 0) return fail(`it lists ${counted} by their names to anyone (${places}); none was looked at, ${untried}`, because, 'high');
  return fail(
    `it lists ${counted} to anyone (${places}); of ${asked} that were looked at, ${dicom} were DICOM by their first 132 bytes, and ${untried}`,
    because,
  );
}

/** An estimate is worth as much as its interval is narrow. */
function between({ basis, low, high }: Estimate): string {
  return basis === 'estimate' && high !== null ? ` (95 %: ${grouped(low)} to ${grouped(high)})` : '';
}

const facts = (shares: readonly Share[], open: readonly Share[]): Verdict['because'] => ({
  shares: shares.length,
  open: open.length,
  images: addEstimates(open.map(({ content }) => content?.images ?? null))?.value ?? null,
  lookedAt: open.reduce((sum, { content }) => sum + (content?.sampled.asked ?? 0), 0),
  dicom: open.reduce((sum, { content }) => sum + (content?.sampled.dicom ?? 0), 0),
});
