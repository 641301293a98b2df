import type { AppError, SyncStatus } from '$lib/bindings';
import { ask, bridge, troubleOf } from '$lib/bridge';
import { timeline } from './timeline.svelte';

class Sync {
  status = $state.raw<SyncStatus | null>(null);
  /** The parent asked for news and waits for it. */
  asking = $state(false);
  #turn = 0;
  #failed = $state.raw<AppError | null>(null);

  /** What went wrong last, until it goes right again. */
  get trouble(): AppError | null {
    return this.status?.trouble ?? this.#failed;
  }

  /** Why messages are not up to date: what keeps everything from being read, or them alone. */
  get messagesTrouble(): AppError | null {
    return this.trouble ?? this.status?.messagesTrouble ?? null;
  }

  get busy() {
    return this.asking || (this.status !== null && this.status.phase !== 'idle');
  }

  async load() {
    const turn = this.#turn;
    const answer = await bridge.commands.syncStatus();
    if (answer.status === 'error' || turn !== this.#turn) return;
    // What was read since shows that it goes right again.
    if (this.status && this.status.freshAt !== answer.data.freshAt) this.#failed = null;
    this.status = answer.data;
  }

  /** Reads the newest cards; `showNew` when the parent asked for it. */
  async now(showNew: boolean) {
    if (this.asking) return;
    const turn = this.#turn;
    this.asking = true;
    const answer = await ask(bridge.commands.syncNow()).then(
      (status) => ({ status, failed: null }),
      (thrown: unknown) => ({ status: null, failed: troubleOf(thrown) }),
    );
    // An answer about an account that is no longer in use says nothing about this one.
    if (turn !== this.#turn) return;
    this.asking = false;
    if (answer.status) this.status = answer.status;
    else await this.load();
    if (turn !== this.#turn) return;
    // What the sync itself tells, it also tells the end of.
    this.#failed = this.status?.trouble ? null : answer.failed;
    await timeline.refresh(showNew);
  }

  async stop() {
    await bridge.commands.syncStop();
    await this.load();
  }

  forget() {
    this.#turn += 1;
    this.asking = false;
    this.status = null;
    this.#failed = null;
  }
}

/** How fresh things are. */
export const sync = new Sync();
