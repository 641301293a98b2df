import type {
  AppError,
  CareRequest,
  ChildId,
  LineId,
  RequestId,
  RequestKind,
  RequestStatus,
  Wish,
  WishId,
} from '$lib/bindings';
import { ask, bridge, troubleOf } from '$lib/bridge';
import { wordsFor } from '$lib/language/trouble';
import { notice } from './notice.svelte';

const PAGE = 40;
const MOST = 100;

class Requests {
  all = $state.raw<CareRequest[]>([]);
  wishes = $state.raw<Wish[]>([]);
  read = $state(false);
  trouble = $state.raw<AppError | null>(null);
  next = $state.raw<string | null>(null);
  children = $state.raw<ChildId[]>([]);
  kinds = $state.raw<RequestKind[]>([]);
  statuses = $state.raw<RequestStatus[]>([]);
  /** Why a line could not be cancelled, by line. */
  refusals = $state.raw<Record<LineId, AppError>>({});
  /** The line that is being cancelled. */
  cancelling = $state<LineId | null>(null);
  #turn = 0;
  #more = false;

  get filtered(): boolean {
    return this.children.length + this.kinds.length + this.statuses.length > 0;
  }

  async load() {
    const turn = ++this.#turn;
    void this.#loadWishes();
    try {
      // What was read before stays: a change does not fold the list up again.
      const page = await this.#page(null, Math.min(MOST, Math.max(PAGE, this.all.length)));
      if (turn !== this.#turn) return;
      this.all = page.requests;
      this.next = page.next;
      this.trouble = null;
    } catch (thrown) {
      if (turn !== this.#turn) return;
      this.trouble = troubleOf(thrown);
    }
    this.read = true;
  }

  async more() {
    if (this.next === null || this.#more) return;
    const turn = this.#turn;
    this.#more = true;
    try {
      const page = await this.#page(this.next, PAGE);
      if (turn !== this.#turn) return;
      this.all = [...this.all, ...page.requests];
      this.next = page.next;
    } catch (thrown) {
      this.trouble = troubleOf(thrown);
    } finally {
      this.#more = false;
    }
  }

  async filter(wanted: Partial<Pick<Requests, 'children' | 'kinds' | 'statuses'>>) {
    Object.assign(this, wanted);
    await this.load();
  }

  /** Cancels a line at the portal; answers the request as it is then, or nothing when refused. */
  async cancel(request: RequestId, line: LineId): Promise<CareRequest | null> {
    if (this.cancelling !== null) return null;
    this.cancelling = line;
    this.refusals = Object.fromEntries(
      Object.entries(this.refusals).filter(([refused]) => refused !== line),
    );
    try {
      const after = await ask(bridge.commands.cancelLine(request, line));
      this.all = this.all.map((one) => (one.id === after.id ? after : one));
      return after;
    } catch (thrown) {
      this.refusals = { ...this.refusals, [line]: troubleOf(thrown) };
      return null;
    } finally {
      this.cancelling = null;
    }
  }

  async discardWish(id: WishId) {
    const answer = await bridge.commands.discardWish(id);
    if (answer.status === 'error') notice.say(wordsFor(answer.error));
    await this.#loadWishes();
  }

  forget() {
    this.#turn += 1;
    this.all = [];
    this.wishes = [];
    this.read = false;
    this.trouble = null;
    this.next = null;
    this.children = [];
    this.kinds = [];
    this.statuses = [];
    this.refusals = {};
    this.cancelling = null;
  }

  async #loadWishes() {
    const answer = await bridge.commands.wishes();
    if (answer.status === 'ok') this.wishes = answer.data;
  }

  #page(after: string | null, limit: number) {
    const { children, kinds, statuses } = this;
    return ask(bridge.commands.requests({ children, kinds, statuses, after, limit }));
  }
}

/** What was asked for and told: requests, absences, and wishes that wait. */
export const requests = new Requests();
