import type { AppError, Decision, Result, Write, WriteId, WriteState } from '$lib/bindings';
import { bridge } from '$lib/bridge';
import { wordsFor } from '$lib/language/trouble';
import * as m from '$lib/paraglide/messages';
import { drafts } from './drafts.svelte';
import { notice } from './notice.svelte';

class Outbox {
  /** Everything written here that does not stand in what is read yet, oldest first. */
  writes = $state.raw<Write[]>([]);
  #asked = 0;

  /** Those the portal does not have, as far as is known. */
  get unsent(): Write[] {
    return this.writes.filter(({ state }) => state !== 'sent');
  }

  /** What was written in the diary. */
  get diary(): Write[] {
    return this.writes.filter(({ what }) => what.what === 'diary');
  }

  async load() {
    const asked = ++this.#asked;
    const answer = await bridge.commands.outbox();
    // Progress comes fast: an answer that was overtaken says nothing any more.
    if (answer.status === 'error' || asked !== this.#asked) return;
    const before = new Map(this.writes.map(({ id, state }) => [id, state]));
    for (const write of answer.data) tell(before.get(write.id), write);
    this.writes = answer.data;
  }

  forget() {
    this.#asked += 1;
    this.writes = [];
  }

  /** What somebody wrote is known here at once, before anything is read again. */
  put(write: Write) {
    const others = this.writes.filter(({ id }) => id !== write.id);
    this.writes = [...others, write].sort((a, b) => a.writtenAt.localeCompare(b.writtenAt));
  }

  async withdraw(id: WriteId) {
    await this.#do(bridge.commands.withdrawWrite(id));
  }

  async retry(id: WriteId) {
    await this.#do(bridge.commands.retryWrite(id));
  }

  async decide(id: WriteId, decision: Decision) {
    await this.#do(bridge.commands.decideWrite(id, decision));
  }

  /** Makes it a draft again; answers whether it could be. */
  async edit(id: WriteId): Promise<boolean> {
    await drafts.keep();
    const answer = await bridge.commands.editWrite(id);
    if (answer.status === 'error') notice.say(wordsFor(answer.error));
    else drafts.at(answer.data.draft.place).take(answer.data);
    await this.load();
    return answer.status === 'ok';
  }

  async #do<T>(answer: Promise<Result<T, AppError>>) {
    const result = await answer;
    if (result.status === 'error') notice.say(wordsFor(result.error));
    await this.load();
  }
}

/** What became of a write, said once. */
function tell(before: WriteState | undefined, write: Write) {
  const after = write.state;
  if (before === undefined || before === after) return;
  const menu = menuOf(write);
  if (after === 'sent') notice.say(m.write_sent_notice());
  if (after === 'refused') notice.say(m.write_refused_notice({ menu }));
  if (after === 'unconfirmed') notice.say(m.write_unconfirmed_notice({ menu }));
}

/** Where in the menu it is shown. */
function menuOf({ what }: Write): string {
  if ('form' in what) return m.menu_agenda();
  return what.what === 'diary' ? m.menu_my_child() : m.menu_messages();
}

/** What this parent wrote and the portal may not have yet. */
export const outbox = new Outbox();
