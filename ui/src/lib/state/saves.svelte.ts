import type { AccountId, AppError, SaveJob, SaveWhat } from '$lib/bindings';
import { ask, bridge, troubleOf } from '$lib/bridge';
import type { Saved } from '$lib/language/amounts';
import { session } from './session.svelte';

class Saves {
  jobs = $state.raw<SaveJob[]>([]);
  /** A save that could not even begin. */
  trouble = $state.raw<AppError | null>(null);
  #asked = new Map<number, { what: SaveWhat; content: Saved; folder: string | null }>();

  async load() {
    const answer = await bridge.commands.saves();
    if (answer.status !== 'ok') return;
    this.jobs = answer.data;
    // Of an account that was signed out, nothing can be saved again.
    for (const id of this.#asked.keys())
      if (!this.jobs.some((job) => job.id === id)) this.#asked.delete(id);
  }

  /**
   * Begins a save; answers its number, or nothing when it could not even begin. `content` is what
   * it holds, for the words about it; `account` whose it is, else the one in use.
   */
  async start(
    what: SaveWhat,
    content: Saved,
    folder: string | null = session.overview?.settings.folder ?? null,
    account: AccountId | null = null,
  ): Promise<number | null> {
    this.trouble = null;
    try {
      const { save, saveFor } = bridge.commands;
      const job = await ask(account === null ? save(what, folder) : saveFor(account, what, folder));
      this.#asked.set(job.id, { what, content, folder });
      this.#put(job);
      return job.id;
    } catch (thrown) {
      this.trouble = troubleOf(thrown);
      return null;
    }
  }

  async cancel(id: number) {
    const answer = await bridge.commands.cancelSave(id);
    if (answer.status === 'ok') this.#put(answer.data);
  }

  async dismiss(id: number) {
    this.jobs = this.jobs.filter((job) => job.id !== id);
    this.#asked.delete(id);
    await bridge.commands.dismissSave(id);
  }

  contentOf({ id, about }: Pick<SaveJob, 'id' | 'about'>): Saved {
    return this.#asked.get(id)?.content ?? (about === 'documents' ? 'documents' : 'both');
  }

  canRepeat(id: number) {
    return this.#asked.has(id);
  }

  /** Saves the same again, of the account it was of: what is in the folder by now is skipped. */
  async repeat(id: number) {
    const asked = this.#asked.get(id);
    if (!asked) return;
    const job = this.jobs.find((job) => job.id === id);
    if (!job) return;
    await this.dismiss(id);
    // The advice at a folder that cannot be written is to choose another: that one is meant now.
    const elsewhere = job.trouble?.code === 'folderNotWritable';
    const folder = elsewhere ? undefined : asked.folder;
    await this.start(asked.what, asked.content, folder, job.account);
  }

  /** What could not begin was of the account that was in use; what runs goes on. */
  async startOver() {
    this.trouble = null;
    await this.load();
  }

  #put(job: SaveJob) {
    const others = this.jobs.filter((other) => other.id !== job.id);
    this.jobs = [...others, job].sort((a, b) => a.id - b.id);
  }
}

/** Saves under way and done. */
export const saves = new Saves();
