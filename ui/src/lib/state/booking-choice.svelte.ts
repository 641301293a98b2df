import {
  chosenSlots,
  keysOf,
  NO_SLOTS,
  toggled,
  type SlotKeys,
} from '$lib/agenda/aanvragen/slot-keys';
import type {
  AppError,
  Booking,
  BookingLine,
  ChildId,
  CreditId,
  DayPart,
  Expected,
  Possibilities,
  Quote,
  RequestKind,
} from '$lib/bindings';
import { bridge } from '$lib/bridge';
import { isUnreachable } from './unreachable';

/** So long after the last choice the portal is asked what it is worth. */
export const QUOTE_AFTER_MS = 300;

/** One day or period, as it is being chosen for a request. */
export class BookingChoice {
  readonly kind: RequestKind;
  /** Which booking of the form it takes the place of; none for a new one. */
  readonly at: number | null;
  /** Those that stand before it in the form. */
  readonly before: Booking[];
  from = $state<string | null>(null);
  until = $state<string | null>(null);
  period = $state(false);
  /** What is given in for it, of a swap. */
  givenFrom = $state<string | null>(null);
  givenUntil = $state<string | null>(null);
  givenPeriod = $state(false);
  expected = $state.raw<Expected[] | null>(null);
  given = $state.raw<SlotKeys>(NO_SLOTS);
  possible = $state.raw<Possibilities | null>(null);
  asking = $state(false);
  trouble = $state.raw<AppError | null>(null);
  /** What is chosen, child by child; without parts while those are not known. */
  lines = $state.raw<BookingLine[]>([]);
  quote = $state.raw<Quote | null>(null);
  quoting = $state(false);
  quoteTrouble = $state.raw<AppError | null>(null);

  #asked = 0;
  #quoted = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(kind: RequestKind, at: number | null, before: Booking[], booking?: Booking) {
    this.kind = kind;
    this.at = at;
    this.before = before;
    if (booking) this.#takeOver(booking);
  }

  /** Whether the portal cannot be reached: it is a wish until it can be. */
  get unreachable(): boolean {
    return isUnreachable(this.trouble) || isUnreachable(this.quoteTrouble);
  }

  /** The booking as far as it was chosen; none while something is missing. */
  get booking(): Booking | null {
    const { from, until } = this;
    const given = chosenSlots(this.expected ?? [], this.given);
    const lines = this.possible ? this.lines.filter(({ parts }) => parts.length > 0) : this.lines;
    if (!from || !until || lines.length === 0) return null;
    if (this.kind === 'swap' && given.length === 0) return null;
    return { from, until, lines, given, quote: this.quote };
  }

  /** Whether it can be added: the parent has seen what it is worth, or it cannot be told. */
  get addable(): boolean {
    if (!this.booking || this.quoting || this.asking) return false;
    return this.unreachable || this.quote !== null;
  }

  /** Chooses the day or period that is wanted, and asks what is possible then. */
  async choose(from: string, until: string) {
    this.from = from;
    this.until = until;
    this.possible = null;
    await this.ask();
  }

  async ask() {
    const { from, until } = this;
    if (!from || !until) return;
    const asked = ++this.#asked;
    this.#forgetQuote();
    this.asking = true;
    this.trouble = null;
    const answer = await bridge.commands.possibilities(this.kind, from, until);
    if (asked !== this.#asked) return;
    this.asking = false;
    if (answer.status === 'error') {
      this.possible = null;
      this.trouble = answer.error;
      return;
    }
    this.possible = answer.data;
    this.lines = this.lines.map((line) => stillPossible(line, answer.data));
    this.#price();
  }

  /** Chooses the day or period that is given in. */
  async give(from: string, until: string) {
    this.givenFrom = from;
    this.givenUntil = until;
    await this.lookGiven();
  }

  /** Reads what the children are expected for on the days that are given in. */
  async lookGiven() {
    const { givenFrom: from, givenUntil: until } = this;
    if (!from || !until) return;
    const answer = await bridge.commands.expected(from, until);
    if (from !== this.givenFrom || until !== this.givenUntil) return;
    if (answer.status === 'error') {
      this.trouble = answer.error;
      return;
    }
    this.expected = answer.data;
    this.given = keysOf(chosenSlots(answer.data, this.given));
    this.#price();
  }

  toggleGiven(keys: string[], on: boolean) {
    this.given = toggled(this.given, keys, on);
    this.#price();
  }

  lineOf(child: ChildId): BookingLine | undefined {
    return this.lines.find((line) => line.child === child);
  }

  /** Chooses a child without its day parts, while those are not known. */
  toggleChild(child: ChildId, on: boolean) {
    const others = this.lines.filter((line) => line.child !== child);
    this.lines = on ? [...others, { child, parts: [], credit: null }] : others;
  }

  /** Chooses a day part, or no longer. Nobody is in two at a time. */
  togglePart(child: ChildId, part: DayPart, on: boolean) {
    const line = this.lineOf(child) ?? { child, parts: [], credit: null };
    const others = line.parts.filter(({ id }) => id !== part.id);
    const parts = on ? [...others.filter((other) => !overlap(other, part)), part] : others;
    parts.sort((a, b) => a.start.localeCompare(b.start));
    this.#put({ ...line, parts, credit: parts.length > 0 ? line.credit : null });
  }

  payWith(child: ChildId, credit: CreditId | null) {
    const line = this.lineOf(child);
    if (line) this.#put({ ...line, credit });
  }

  /** Asks again what it is worth. */
  priceAgain() {
    this.#price();
  }

  #put(line: BookingLine) {
    this.lines = [...this.lines.filter(({ child }) => child !== line.child), line];
    this.#price();
  }

  #price() {
    this.#forgetQuote();
    if (!this.possible || !this.booking) return;
    this.quoting = true;
    this.#timer = setTimeout(() => void this.#askQuote(), QUOTE_AFTER_MS);
  }

  async #askQuote() {
    const booking = this.booking;
    const quoted = ++this.#quoted;
    if (!booking) return void (this.quoting = false);
    const answer = await bridge.commands.quote({ kind: this.kind, booking, before: this.before });
    // What was chosen since is worth something else.
    if (quoted !== this.#quoted) return;
    this.quoting = false;
    if (answer.status === 'error') this.quoteTrouble = answer.error;
    else this.quote = answer.data;
  }

  #forgetQuote() {
    clearTimeout(this.#timer);
    this.#quoted += 1;
    this.quote = null;
    this.quoting = false;
    this.quoteTrouble = null;
  }

  #takeOver(booking: Booking) {
    this.from = booking.from;
    this.until = booking.until;
    this.period = booking.from !== booking.until;
    this.lines = booking.lines;
    this.given = keysOf(booking.given);
    const days = booking.given.flatMap(({ slots }) => slots.map(({ day }) => day)).sort();
    this.givenFrom = days[0] ?? null;
    this.givenUntil = days.at(-1) ?? null;
    this.givenPeriod = this.givenFrom !== this.givenUntil;
    void this.lookGiven();
    void this.ask();
  }
}

/** A line with what the portal still offers of it. */
function stillPossible(line: BookingLine, possible: Possibilities): BookingLine {
  const its = possible.children.find(({ child }) => child === line.child);
  const offered = its?.parts.filter(({ days }) => days.length > 0) ?? [];
  const parts = line.parts.flatMap(
    ({ id }) => offered.find(({ part }) => part.id === id)?.part ?? [],
  );
  const credit = its?.credits.some(({ id }) => id === line.credit) ? line.credit : null;
  return { ...line, parts, credit };
}

const overlap = (a: DayPart, b: DayPart) => a.start < b.end && b.start < a.end;
