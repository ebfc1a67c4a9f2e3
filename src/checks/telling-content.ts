/** Does a listing hold what patients' data look like? */
import { telling } from '../model/content-kind.js';
import type { WebDoor } from '../protocols/http/evidence.js';

export const isTelling = ({ content, confirmedDicom }: WebDoor): boolean => confirmedDicom > 0 || telling.some((kind) => (content?.[kind] ?? 0) > 0);
