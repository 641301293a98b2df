import type { Changed, MediaId, AccountId, commands } from '$lib/bindings';

export type Commands = typeof commands;

/** The sizes the media protocol serves. */
export type MediaSize = 'thumb' | 'medium' | 'full';

/** What the interface needs from whatever hosts it. */
export interface Transport {
  commands: Commands;
  /** Calls `heard` for every change; the answer stops it. */
  onChanged(heard: (changed: Changed) => void): () => void;
  /** Where a picture or film can be read. */
  mediaUrl(account: AccountId, size: MediaSize, id: MediaId): string;
  /** Whether the window is on a desktop, where pictures can be dragged out and copied. */
  desktop: boolean;
}
