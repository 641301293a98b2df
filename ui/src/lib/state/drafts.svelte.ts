import type {
  Added,
  AppError,
  Draft,
  DraftPlace,
  DraftWithFiles,
  FileId,
  OutFile,
  Rejected,
  Result,
  Write,
} from '$lib/bindings';
import { ask, bridge, troubleOf } from '$lib/bridge';
import { writing } from './writing.svelte';

/** So long after the last key a draft is kept. */
export const KEEP_AFTER_MS = 400;

/** Photos on their way to a draft. */
interface Preparing {
  done: number;
  /** How many, when that is known. */
  total: number | null;
  stopped: boolean;
}

type Step = () => Promise<Result<Added | null, AppError>>;

/** A photo is made smaller and may be larger than the portal takes; more than this no photo is. */
const LARGEST_PHOTO = 200 * 1024 * 1024;

// A film of gigabytes must not be read only to be refused.
function isTooLarge({ size, type }: File): boolean {
  const most = type.startsWith('video/') ? writing.known?.fileBytes : LARGEST_PHOTO;
  return size > (most ?? LARGEST_PHOTO);
}

function empty(place: DraftPlace): Draft {
  return { place, children: [], group: null, subject: '', text: '', day: null, keepPlace: false };
}

/** One draft, as it is being written. */
export class DraftKeeper {
  readonly place: DraftPlace;
  draft: Draft = $state.raw(empty({ place: 'newMessage' }));
  files = $state.raw<OutFile[]>([]);
  /** Whether what was written earlier has been read. */
  ready = $state(false);
  preparing = $state.raw<Preparing | null>(null);
  rejected = $state.raw<Rejected[]>([]);
  trouble = $state.raw<AppError | null>(null);
  sending = $state(false);
  /** How often a draft from elsewhere was taken over. */
  taken = $state(0);

  #changed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #keeping: Promise<boolean> = Promise.resolve(true);
  /** Batches that are being prepared or wait for that. */
  #batches = 0;
  #adding: Promise<void> = Promise.resolve();
  #over = false;

  constructor(place: DraftPlace) {
    this.place = place;
    this.draft = empty(place);
  }

  /** Whether there is anything to lose. */
  get written(): boolean {
    const { subject, text } = this.draft;
    return subject.trim() !== '' || text.trim() !== '' || this.files.length > 0;
  }

  async load() {
    const answer = await bridge.commands.draft(this.place);
    // Whoever began to type before this came knows better.
    if (answer.status === 'ok' && !this.#changed && !this.ready) this.#put(answer.data);
    this.ready = true;
  }

  /** Takes over a draft that came from elsewhere, such as a write that is edited again. */
  take(kept: DraftWithFiles) {
    this.#forgetChange();
    this.#put(kept);
    this.trouble = null;
    this.rejected = [];
    this.ready = true;
    this.taken += 1;
  }

  change(part: Partial<Draft>) {
    this.draft = { ...this.draft, ...part };
    this.#changed = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.keep(), KEEP_AFTER_MS);
  }

  /** Keeps what was typed, now; answers whether it is kept. */
  keep(): Promise<boolean> {
    clearTimeout(this.#timer);
    if (!this.#changed || this.#over) return this.#keeping;
    this.#changed = false;
    const draft = this.draft;
    this.#keeping = this.#keeping.then(async () => {
      const answer = await bridge.commands.saveDraft(draft);
      if (answer.status === 'ok') return true;
      this.#changed = true;
      this.trouble = answer.error;
      return false;
    });
    return this.#keeping;
  }

  /** Another account is in use: what comes now is no longer about this one. */
  leave() {
    this.#over = true;
    this.ready = true;
    this.#forgetChange();
  }

  /** Lets the parent choose in the system's own dialog. */
  pick() {
    return this.#prepare(null, [() => bridge.commands.pickPictures(this.place)]);
  }

  /** Takes what was let go on the window. */
  takeDropped(files: number) {
    return this.#prepare(files, [() => bridge.commands.addDropped(this.place)]);
  }

  /** Takes what was pasted, or what a phone gave. */
  addFiles(all: File[]) {
    if (this.sending) return this.#adding;
    const files = all.filter((file) => !isTooLarge(file));
    const wanted = () => !this.#over && !this.preparing?.stopped;
    const steps = files.map((file) => () => bridge.addFile(this.place, file, wanted));
    const tooLarge = all.filter(isTooLarge);
    return this.#prepare(files.length, steps).then(() => {
      const refused = tooLarge.map(({ name }) => ({ name, why: 'tooLarge' as const }));
      this.rejected = [...this.rejected, ...refused];
    });
  }

  /** What is being prepared does not go along after all. */
  stopPreparing() {
    if (!this.preparing) return;
    this.preparing = { ...this.preparing, stopped: true };
    void bridge.commands.stopAdding();
  }

  /** Something was added meanwhile: shows it while the rest is being prepared. */
  async look() {
    if (!this.preparing || this.preparing.stopped) return;
    const answer = await bridge.commands.draft(this.place);
    if (answer.status === 'error' || !this.preparing || this.preparing.stopped) return;
    this.files = answer.data.files;
  }

  async removeFile(id: FileId) {
    const answer = await bridge.commands.removeFile(this.place, id);
    if (answer.status === 'ok') this.files = answer.data.files;
    else this.trouble = answer.error;
  }

  /** Waits for what is being prepared. Where some of it does not go along, the parent sees that first. */
  async settled(): Promise<boolean> {
    if (this.#batches === 0) return true;
    await this.#adding;
    return this.trouble === null && this.rejected.length === 0;
  }

  /** Puts it in the queue; answers what was put there. */
  async send(): Promise<Write | null> {
    if (this.sending) return null;
    this.sending = true;
    this.trouble = null;
    try {
      if (!(await this.settled()) || !(await this.keep())) return null;
      const write = await ask(bridge.commands.sendDraft(this.place));
      this.#clear();
      return write;
    } catch (thrown) {
      this.trouble = troubleOf(thrown);
      return null;
    } finally {
      this.sending = false;
    }
  }

  /** Throws it away. */
  async discard() {
    this.stopPreparing();
    await this.#adding;
    const answer = await bridge.commands.discardDraft(this.place);
    if (answer.status === 'ok') this.#clear();
    else this.trouble = answer.error;
  }

  // One batch after the other, so that the order is the parent's.
  #prepare(total: number | null, steps: Step[]) {
    // What is being sent is what stands there now.
    if (this.sending) return this.#adding;
    this.#batches += 1;
    this.#adding = this.#adding
      .then(() => this.#run(total, steps))
      .finally(() => (this.#batches -= 1));
    return this.#adding;
  }

  async #run(total: number | null, steps: Step[]) {
    const before = this.files.map(({ id }) => id);
    this.rejected = [];
    this.trouble = null;
    this.preparing = { done: 0, total, stopped: false };
    try {
      await this.keep();
      for (const step of steps) {
        if (this.preparing?.stopped) break;
        const added = await ask(step());
        if (this.#over) return;
        if (!added) continue;
        this.files = added.files;
        this.rejected = [...this.rejected, ...added.rejected];
        if (this.preparing) this.preparing = { ...this.preparing, done: this.preparing.done + 1 };
      }
      if (this.preparing?.stopped) await this.#takeBack(before);
    } catch (thrown) {
      this.trouble = troubleOf(thrown);
    } finally {
      this.preparing = null;
    }
  }

  async #takeBack(before: FileId[]) {
    this.rejected = [];
    for (const { id } of this.files.filter((file) => !before.includes(file.id)))
      await this.removeFile(id);
  }

  #put({ draft, files }: DraftWithFiles) {
    this.draft = draft;
    this.files = files;
  }

  #clear() {
    this.#forgetChange();
    this.draft = empty(this.place);
    this.files = [];
    this.rejected = [];
  }

  #forgetChange() {
    clearTimeout(this.#timer);
    this.#changed = false;
  }
}

class Drafts {
  #kept = new Map<string, DraftKeeper>();

  /** The draft of a place: always the same one, so that leaving the page loses nothing. */
  at(place: DraftPlace): DraftKeeper {
    const key = JSON.stringify(place);
    const known = this.#kept.get(key);
    if (known) return known;
    const keeper = new DraftKeeper(place);
    this.#kept.set(key, keeper);
    void keeper.load();
    return keeper;
  }

  /** Shows what was added to drafts since. */
  async look() {
    await Promise.all([...this.#kept.values()].map((keeper) => keeper.look()));
  }

  /** Keeps everything that was typed, now. */
  async keep() {
    await Promise.all([...this.#kept.values()].map((keeper) => keeper.keep()));
  }

  forget() {
    for (const keeper of this.#kept.values()) keeper.leave();
    this.#kept.clear();
  }
}

/** What is half-written, kept with every change. */
export const drafts = new Drafts();
