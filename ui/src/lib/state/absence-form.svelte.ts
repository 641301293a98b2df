import {
  chosenSlots,
  keysOf,
  NO_SLOTS,
  toggled,
  type SlotKeys,
} from '$lib/agenda/aanvragen/slot-keys';
import type {
  AbsenceForm,
  AbsenceReason,
  AppError,
  Expected,
  Write,
  WriteId,
  WriteState,
} from '$lib/bindings';
import { ask, bridge, troubleOf } from '$lib/bridge';
import * as m from '$lib/paraglide/messages';
import { outbox } from './outbox.svelte';

/** What keeps it from being sent, by field, in words. */
type Faults = Partial<Record<'days' | 'slots' | 'reason', string>>;

class AbsenceKeeper {
  from = $state<string | null>(null);
  until = $state<string | null>(null);
  period = $state(false);
  reason = $state<AbsenceReason | null>(null);
  remark = $state('');
  /** What each child is expected for on those days; nothing while no day is chosen. */
  expected = $state.raw<Expected[] | null>(null);
  chosen = $state.raw<SlotKeys>(NO_SLOTS);
  faults = $state.raw<Faults>({});
  trouble = $state.raw<AppError | null>(null);
  sending = $state(false);
  /** What was sent just now, until another is begun. */
  sent = $state.raw<Write | null>(null);
  /** How it stood when it was seen in the send queue last. */
  lastSeen = $state<WriteState>('queued');

  #turn = 0;
  /** The refused write this one takes the place of. */
  #replaces: WriteId | null = null;

  async choose(from: string, until: string) {
    this.from = from;
    this.until = until;
    this.faults = { ...this.faults, days: undefined };
    await this.look();
    const [only, ...others] = this.expected?.filter(({ slots }) => slots.length > 0) ?? [];
    // Whoever has one child to report need not point it out.
    if (only && others.length === 0 && this.chosen.size === 0)
      this.chosen = keysOf([{ child: only.child.id, slots: only.slots }]);
  }

  /** Reads again what the children are expected for. */
  async look() {
    const { from, until } = this;
    if (!from || !until) return;
    const turn = ++this.#turn;
    const answer = await bridge.commands.expected(from, until);
    if (turn !== this.#turn) return;
    if (answer.status === 'error') {
      this.trouble = answer.error;
      return;
    }
    this.trouble = null;
    this.expected = answer.data;
    this.chosen = keysOf(chosenSlots(answer.data, this.chosen));
  }

  toggle(keys: string[], on: boolean) {
    this.faults = { ...this.faults, slots: undefined };
    this.chosen = toggled(this.chosen, keys, on);
  }

  because(reason: AbsenceReason) {
    this.faults = { ...this.faults, reason: undefined };
    this.reason = reason;
  }

  /** Takes over a refused write as it was filled in; it is withdrawn once this one is sent. */
  async fill(form: AbsenceForm, write: WriteId) {
    this.#clear();
    this.sent = null;
    this.#replaces = write;
    this.from = form.from;
    this.until = form.until;
    this.period = form.from !== form.until;
    this.reason = form.reason;
    this.remark = form.remark;
    this.chosen = keysOf(form.lines);
    await this.look();
  }

  /** Puts it in the send queue; answers whether it is there. */
  async send(): Promise<boolean> {
    if (this.sending) return false;
    const form = this.#form();
    if (!form) return false;
    this.sending = true;
    this.trouble = null;
    try {
      const write = await ask(bridge.commands.sendAbsence(form));
      const replaced = this.#replaces;
      this.lastSeen = write.state;
      outbox.put(write);
      this.#clear();
      this.sent = write;
      if (replaced && replaced !== write.id) await outbox.withdraw(replaced);
      return true;
    } catch (thrown) {
      this.trouble = troubleOf(thrown);
      return false;
    } finally {
      this.sending = false;
    }
  }

  /** Begins another one. */
  again() {
    this.sent = null;
  }

  /** Forgets everything, for another account. */
  forget() {
    this.#clear();
    this.sent = null;
  }

  #form(): AbsenceForm | null {
    const { from, until, reason, remark } = this;
    const lines = chosenSlots(this.expected ?? [], this.chosen);
    const faults: Faults = {};
    if (!from || !until) faults.days = m.request_fault_day();
    else if (lines.length === 0) faults.slots = m.absence_fault_slots();
    if (!reason) faults.reason = m.absence_fault_reason();
    this.faults = faults;
    if (!from || !until || !reason || lines.length === 0) return null;
    return { from, until, lines, reason, remark };
  }

  #clear() {
    this.#turn += 1;
    this.#replaces = null;
    this.from = null;
    this.until = null;
    this.period = false;
    this.reason = null;
    this.remark = '';
    this.expected = null;
    this.chosen = NO_SLOTS;
    this.faults = {};
    this.trouble = null;
  }
}

/** The absence that is being filled in. */
export const absence = new AbsenceKeeper();
