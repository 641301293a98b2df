import type {
  AccountId,
  Added,
  AppError,
  Changed,
  Dropped,
  DraftPlace,
  MediaId,
  Opened,
  Result,
  commands,
} from '$lib/bindings';

export type Commands = typeof commands;

/** The sizes the media protocol serves. */
export type MediaSize = 'thumb' | 'medium' | 'full';

/** What the interface needs from whatever hosts it. */
export interface Transport {
  commands: Commands;
  /**
   * Adds a photo or video that was pasted, or that a phone gave; nothing when it is no longer
   * `wanted` before all of it has been handed over.
   */
  addFile(
    place: DraftPlace,
    file: File,
    wanted: () => boolean,
  ): Promise<Result<Added | null, AppError>>;
  /** Calls `heard` for every change; the answer stops it. */
  onChanged(heard: (changed: Changed) => void): () => void;
  /** Calls `heard` when something asks to be shown, such as a notification that was clicked. */
  onOpened(heard: (opened: Opened) => void): () => void;
  /** Calls `heard` while files are dragged over the window, and when they are let go on it. */
  onDropped(heard: (dropped: Dropped) => void): () => void;
  /** Where a picture or film can be read. */
  mediaUrl(account: AccountId, size: MediaSize, id: MediaId): string;
  /** Whether the window is on a desktop, where pictures can be dragged out and copied. */
  desktop: boolean;
}
