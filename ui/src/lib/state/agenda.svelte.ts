import type { AgendaDay, AgendaState, AppError, ChildId, DayRange } from '$lib/bindings';
import { ask, bridge, troubleOf } from '$lib/bridge';
import { dayAfter, nurseryDay } from '$lib/language/days';
import { now } from './now.svelte';

/** Days read at a time while scrolling. */
const STEP = 91;
const BACK_AT_FIRST = 28;

/** At either end of the list: more may follow, more is being read, or nothing is planned there. */
type End = 'open' | 'reading' | 'ends';

class Planning {
  state = $state.raw<AgendaState | null>(null);
  /** The days on which something is planned or marked, oldest first. */
  days = $state.raw<AgendaDay[]>([]);
  /** Whether anything has been read yet. */
  read = $state(false);
  /** Whether some of the days shown were ever fetched from the portal. */
  known = $state(false);
  /** The stretch of days in `days`. */
  range = $state.raw<DayRange | null>(null);
  /** Why the days could not be read from this device. */
  trouble = $state.raw<AppError | null>(null);
  /** The parent asked for the newest and waits for it. */
  asking = $state(false);
  /** Only slots of these children; empty means every child. */
  children = $state.raw<ChildId[]>([]);
  /** How often the planning, requests or credits changed. */
  count = $state(0);
  /** How the planning is shown. */
  view = $state<'list' | 'month' | 'week'>('list');
  /** The day the parent is at in the calendar; nothing is today. */
  at = $state<string | null>(null);
  earlierEnd = $state<End>('open');
  laterEnd = $state<End>('open');

  #failed = $state.raw<AppError | null>(null);
  /** Whose days are read, and for which children. */
  #generation = 0;
  #reading = 0;
  /** Stretches that were asked of the portal already; once a session is enough. */
  #fetched = new Set<string>();

  /** What went wrong with fetching last, until it goes right again. */
  get fetchTrouble(): AppError | null {
    return this.state?.trouble ?? this.#failed;
  }

  get busy(): boolean {
    return this.asking || this.state?.busy === true;
  }

  /** What can be done here. */
  async loadState() {
    const generation = this.#generation;
    const answer = await bridge.commands.agendaState();
    if (answer.status === 'error' || generation !== this.#generation) return;
    // What was read since shows that it goes right again.
    if (this.state && this.state.freshAt !== answer.data.freshAt) this.#failed = null;
    this.state = answer.data;
  }

  /** Reads the days around today, for whoever opens the agenda. */
  async open() {
    if (this.range) return this.#read(this.range);
    const today = nurseryDay(now.current);
    await this.#read({ from: dayAfter(today, -BACK_AT_FIRST), until: dayAfter(today, STEP) });
  }

  /** Something changed: reads again what is shown. */
  async refresh() {
    this.changed();
    await Promise.all([this.loadState(), this.range ? this.#read(this.range) : null]);
  }

  /** For whoever shows some of it: it is to be read again. */
  changed() {
    this.count += 1;
  }

  /** "Herladen": fetches the newest. */
  async reload() {
    if (this.asking) return;
    const generation = this.#generation;
    this.asking = true;
    const failed = await ask(bridge.commands.refreshAgenda(null)).then(
      () => null,
      (thrown: unknown) => troubleOf(thrown),
    );
    if (generation !== this.#generation) return;
    this.asking = false;
    this.#failed = failed;
    if (!failed) this.#fetched.clear();
    this.earlierEnd = 'open';
    this.laterEnd = 'open';
    await this.refresh();
  }

  async filter(children: ChildId[]) {
    this.#generation += 1;
    this.children = children;
    this.earlierEnd = 'open';
    this.laterEnd = 'open';
    if (this.range) await this.#read(this.range);
  }

  /** Reads days before the first; `insist` when the parent wants to look past an empty stretch. */
  async earlier(insist = false) {
    const first = this.range?.from;
    if (!first || this.earlierEnd === 'reading' || (this.earlierEnd === 'ends' && !insist)) return;
    this.earlierEnd = 'reading';
    const before = this.days.length;
    const more = { from: dayAfter(first, -STEP), until: dayAfter(first, -1) };
    await this.#extend(more);
    this.earlierEnd = this.days.length > before ? 'open' : 'ends';
  }

  /** Reads days after the last. */
  async later(insist = false) {
    const last = this.range?.until;
    if (!last || this.laterEnd === 'reading' || (this.laterEnd === 'ends' && !insist)) return;
    this.laterEnd = 'reading';
    const before = this.days.length;
    await this.#extend({ from: dayAfter(last, 1), until: dayAfter(last, STEP) });
    this.laterEnd = this.days.length > before ? 'open' : 'ends';
  }

  /** Sees to it that these days are read, such as those of a month. */
  async cover(from: string, until: string) {
    if (!this.range) await this.open();
    for (let tries = 0; this.range && this.range.from > from && tries < 40; tries += 1)
      await this.#extend({
        from: dayAfter(this.range.from, -STEP),
        until: dayAfter(this.range.from, -1),
      });
    for (let tries = 0; this.range && this.range.until < until && tries < 40; tries += 1)
      await this.#extend({
        from: dayAfter(this.range.until, 1),
        until: dayAfter(this.range.until, STEP),
      });
  }

  /** The days, by day. */
  byDay = $derived(new Map(this.days.map((day) => [day.day, day])));

  /** Forgets everything, for another account. */
  forget() {
    this.#generation += 1;
    this.state = null;
    this.days = [];
    this.read = false;
    this.known = false;
    this.range = null;
    this.trouble = null;
    this.asking = false;
    this.children = [];
    this.at = null;
    this.earlierEnd = 'open';
    this.laterEnd = 'open';
    this.#failed = null;
    this.#fetched.clear();
  }

  async #extend(more: DayRange) {
    const generation = this.#generation;
    try {
      let answer = await this.#ask(more);
      if (!covers(answer.known, more) && (await this.#fetch(more))) answer = await this.#ask(more);
      if (generation !== this.#generation || !this.range) return;
      const before = dayAfter(more.until, 1) === this.range.from;
      if (!before && dayAfter(this.range.until, 1) !== more.from) return;
      this.days = before ? [...answer.days, ...this.days] : [...this.days, ...answer.days];
      this.range = {
        from: before ? more.from : this.range.from,
        until: before ? this.range.until : more.until,
      };
      this.known ||= answer.known !== null;
    } catch (thrown) {
      if (generation === this.#generation) this.trouble = troubleOf(thrown);
    }
  }

  /** Asks the portal for days that are not here; answers whether they came. */
  async #fetch(range: DayRange): Promise<boolean> {
    const key = `${range.from} ${range.until}`;
    if (this.#fetched.has(key) || this.fetchTrouble?.code === 'offline') return false;
    this.#fetched.add(key);
    const answer = await bridge.commands.refreshAgenda(range);
    if (answer.status === 'ok') return true;
    this.#fetched.delete(key);
    this.#failed = answer.error;
    return false;
  }

  async #read(range: DayRange): Promise<void> {
    const reading = ++this.#reading;
    const generation = this.#generation;
    const shown = this.range;
    try {
      const days: AgendaDay[] = [];
      let known = false;
      // A year and more at once is not answered.
      for (let from = range.from; from <= range.until; from = dayAfter(from, 366)) {
        const end = dayAfter(from, 365);
        const answer = await this.#ask({ from, until: end < range.until ? end : range.until });
        days.push(...answer.days);
        known ||= answer.known !== null;
      }
      if (reading !== this.#reading || generation !== this.#generation) return;
      // More was read meanwhile: what is old news by now is read once more.
      if (this.range !== shown && this.range) return this.#read(this.range);
      this.days = days;
      this.known = known;
      this.range = range;
      this.trouble = null;
    } catch (thrown) {
      if (reading !== this.#reading || generation !== this.#generation) return;
      this.trouble = troubleOf(thrown);
    }
    this.read = true;
  }

  #ask({ from, until }: DayRange) {
    return ask(bridge.commands.agenda({ children: this.children, from, until }));
  }
}

const covers = (known: DayRange | null, wanted: DayRange) =>
  known !== null && known.from <= wanted.from && known.until >= wanted.until;

/** The planning as far as it has been read. */
export const agenda = new Planning();
