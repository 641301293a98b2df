import type { AppError, Booking, GivenIn, RequestForm, RequestKind } from '$lib/bindings';
import { ask, bridge, troubleOf } from '$lib/bridge';
import { dayAfter, nurseryDay } from '$lib/language/days';
import { BookingChoice } from './booking-choice.svelte';
import { now } from './now.svelte';
import { outbox } from './outbox.svelte';

/** So long after the last change a form is kept. */
const KEEP_AFTER_MS = 400;

const empty = (kind: RequestKind): RequestForm => ({
  kind,
  bookings: [],
  whole: false,
  expiresOn: null,
  remark: '',
});

function isOfOneDay({ bookings }: RequestForm): boolean {
  const [first] = bookings;
  return bookings.every(({ from, until }) => from === first?.from && until === first.from);
}

/** One request, as it is being filled in. */
export class RequestFormKeeper {
  readonly kind: RequestKind;
  form: RequestForm = $state.raw(empty('extra'));
  /** Whether what was filled in earlier has been read. */
  ready = $state(false);
  trouble = $state.raw<AppError | null>(null);
  sending = $state(false);
  /** The booking that is being chosen; kept here, so that leaving the page for a moment loses nothing. */
  choosing = $state.raw<BookingChoice | null>(null);

  /** The form once more: what goes while the page goes away would read the state before its change. */
  #latest: RequestForm;
  #changed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #keeping: Promise<boolean> = Promise.resolve(true);
  #over = false;
  #completing = false;

  constructor(kind: RequestKind) {
    this.kind = kind;
    this.#latest = empty(kind);
    this.form = this.#latest;
  }

  /** Whether there is anything to lose. */
  get written(): boolean {
    return this.form.bookings.length > 0 || this.form.remark.trim() !== '';
  }

  /** Whether the portal has said of every booking what it is worth. */
  get complete(): boolean {
    return this.form.bookings.every(({ quote }) => quote !== null);
  }

  /** The first day that is asked for. */
  get firstDay(): string | null {
    return this.form.bookings.map(({ from }) => from).sort()[0] ?? null;
  }

  /** Whether it is about one day only. */
  get ofOneDay(): boolean {
    return isOfOneDay(this.form);
  }

  /** The first and last day on which it can expire; none where the first day wanted is today. */
  get expiry(): { earliest: string; latest: string } | null {
    const earliest = dayAfter(nurseryDay(now.current), 1);
    const latest = this.firstDay;
    return latest !== null && earliest <= latest ? { earliest, latest } : null;
  }

  /** Whether it would expire on a day on which it cannot. */
  get expiresWrong(): boolean {
    const { expiresOn } = this.form;
    if (expiresOn === null) return false;
    return !this.expiry || expiresOn < this.expiry.earliest || expiresOn > this.expiry.latest;
  }

  async load() {
    const answer = await bridge.commands.requestForm(this.kind);
    // Whoever began before this came knows better.
    if (answer.status === 'ok' && !this.#changed && !this.ready) this.#put(answer.data);
    if (answer.status === 'error') this.trouble = answer.error;
    this.ready = true;
  }

  /** Shows a form that is kept already, such as a wish that was opened. */
  show(form: RequestForm) {
    clearTimeout(this.#timer);
    this.#changed = false;
    this.#put(form);
    this.choosing = null;
    this.trouble = null;
    this.ready = true;
  }

  /** Takes over a form from elsewhere; answers whether it is kept. */
  async take(form: RequestForm): Promise<boolean> {
    // What the portal said of it no longer holds: it was refused.
    const bookings = form.bookings.map((booking) => ({ ...booking, quote: null }));
    this.show({ ...form, bookings });
    this.#changed = true;
    return this.keep();
  }

  change(part: Partial<RequestForm>) {
    const form = { ...this.#latest, ...part };
    this.#put(part.bookings ? this.#allowed(form) : form);
    this.#changed = true;
    this.trouble = null;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.keep(), KEEP_AFTER_MS);
  }

  /** Keeps what was filled in, now; answers whether it is kept. */
  keep(): Promise<boolean> {
    clearTimeout(this.#timer);
    if (!this.#changed || this.#over) return this.#keeping;
    this.#changed = false;
    const form = this.#latest;
    this.#keeping = this.#keeping.then(async () => {
      const answer = await bridge.commands.saveRequestForm(form);
      if (answer.status === 'ok') return true;
      this.#changed = true;
      this.trouble = answer.error;
      return false;
    });
    return this.#keeping;
  }

  /** Begins to choose a booking, or to choose another one in place of one that is there. */
  choose(at: number | null = null) {
    const { bookings } = this.form;
    const booking = at === null ? undefined : bookings[at];
    this.choosing = new BookingChoice(this.kind, at, bookings.slice(0, at ?? undefined), booking);
  }

  /** Puts the booking that was chosen into the form. */
  add(booking: Booking) {
    const at = this.choosing?.at ?? null;
    const bookings = [...this.form.bookings];
    if (at === null) bookings.push(booking);
    else bookings[at] = booking;
    this.choosing = null;
    this.#changeFrom(at ?? bookings.length, bookings);
  }

  remove(at: number) {
    this.#changeFrom(
      at - 1,
      this.form.bookings.filter((_, index) => index !== at),
    );
  }

  // What comes after a booking was priced with it: a credit it no longer uses pays for more.
  #changeFrom(at: number, bookings: Booking[]) {
    this.change({
      bookings: bookings.map((one, index) => (index > at ? { ...one, quote: null } : one)),
    });
    void this.completeBookings();
  }

  /** Asks what bookings are worth that were filled in without a network, where that can be asked. */
  async completeBookings() {
    if (this.#completing) return;
    this.#completing = true;
    try {
      for (const [at, booking] of this.form.bookings.entries()) {
        if (booking.quote || !booking.lines.every(({ parts }) => parts.length > 0)) continue;
        const before = this.form.bookings.slice(0, at);
        const answer = await bridge.commands.quote({ kind: this.kind, booking, before });
        if (answer.status === 'error') break;
        const bookings = this.form.bookings.map((one) =>
          one === booking ? { ...one, quote: answer.data } : one,
        );
        if (!this.#over) this.change({ bookings });
      }
    } finally {
      this.#completing = false;
    }
  }

  /** Gives it in; answers what became of it. */
  async send(): Promise<GivenIn | null> {
    if (this.sending || this.expiresWrong) return null;
    this.sending = true;
    this.trouble = null;
    try {
      if (!(await this.keep())) return null;
      const given = await ask(bridge.commands.sendRequest(this.kind));
      this.#clear();
      if (given.what === 'queued') outbox.put(given.write);
      return given;
    } catch (thrown) {
      this.trouble = troubleOf(thrown);
      return null;
    } finally {
      this.sending = false;
    }
  }

  /** Throws it away. */
  async discard() {
    await this.#keeping;
    const answer = await bridge.commands.discardRequestForm(this.kind);
    if (answer.status === 'ok') this.#clear();
    else this.trouble = answer.error;
  }

  /** Another account is in use: what comes now is no longer about this one. */
  leave() {
    this.#over = true;
    clearTimeout(this.#timer);
    this.#changed = false;
  }

  // A condition that can no longer be made falls away with what it was about.
  #allowed(form: RequestForm): RequestForm {
    const [first] = form.bookings.map(({ from }) => from).sort();
    const late = form.expiresOn !== null && first !== undefined && form.expiresOn > first;
    return {
      ...form,
      whole: form.whole && isOfOneDay(form),
      expiresOn: late ? null : form.expiresOn,
    };
  }

  #put(form: RequestForm) {
    this.#latest = form;
    this.form = form;
  }

  #clear() {
    clearTimeout(this.#timer);
    this.#changed = false;
    this.#put(empty(this.kind));
    this.choosing = null;
  }
}

class RequestForms {
  #kept = new Map<RequestKind, RequestFormKeeper>();

  /** The form of a kind: always the same one, so that leaving the page loses nothing. */
  at(kind: RequestKind): RequestFormKeeper {
    const known = this.#kept.get(kind);
    if (known) return known;
    const keeper = new RequestFormKeeper(kind);
    this.#kept.set(kind, keeper);
    void keeper.load();
    return keeper;
  }

  /** Keeps everything that was filled in, now. */
  async keep() {
    await Promise.all([...this.#kept.values()].map((keeper) => keeper.keep()));
  }

  forget() {
    for (const keeper of this.#kept.values()) keeper.leave();
    this.#kept.clear();
  }
}

/** Requests that are being filled in, kept with every change. */
export const requestForms = new RequestForms();
