import type { RejectedWhy, Writing } from '$lib/bindings';
import { amount, bytes } from '$lib/language/amounts';
import * as m from '$lib/paraglide/messages';

// A record and not a switch: a reason that Rust gains and this forgets does not compile.
const WORDS: Record<RejectedWhy, (limits: Writing | null) => string> = {
  empty: () => m.rejected_empty(),
  gone: () => m.rejected_gone(),
  notAPicture: () => m.rejected_not_a_picture(),
  broken: () => m.rejected_broken(),
  tooLarge: (limits) =>
    limits ? m.rejected_too_large_limit({ size: bytes(limits.fileBytes) }) : m.rejected_too_large(),
  tooMany: (limits) =>
    limits
      ? m.rejected_too_many_limit({ count: limits.files, shown: amount(limits.files) })
      : m.rejected_too_many(),
  notTaken: () => m.rejected_not_taken(),
  noVideos: () => m.rejected_no_videos(),
  kindNotTaken: () => m.rejected_kind_not_taken(),
  noDecoder: () => m.rejected_no_decoder(),
};

/** Why a photo or video does not go along. */
export function rejectedWords(why: RejectedWhy, limits: Writing | null): string {
  return WORDS[why](limits);
}
