import type { AppError, Fact, FactKind } from '$lib/bindings';
import { ask, bridge, troubleOf } from '$lib/bridge';

type Is<K extends Fact['fact']> = Extract<Fact, { fact: K }>['is'];
type List = Exclude<FactKind['fact'], 'page' | 'observation'>;

/** A piece of what the portal tells, as it is here. */
class Told<K extends List> {
  is = $state.raw<Is<K> | null>(null);
  /** Whether the portal tells it; nothing while that is not known. */
  offered = $state<boolean | null>(null);
  freshAt = $state<string | null>(null);
  /** Why it could not be read, from here or from the portal. */
  trouble = $state.raw<AppError | null>(null);
  /** Whether it was read from this device. */
  read = $state(false);
  #turn = 0;
  readonly #kind: FactKind;

  constructor(kind: K) {
    this.#kind = { fact: kind } as FactKind;
  }

  async load() {
    const turn = ++this.#turn;
    try {
      const answer = await ask(bridge.commands.fact(this.#kind));
      if (turn !== this.#turn) return;
      this.is = answer.fact ? (answer.fact.is as Is<K>) : null;
      this.offered = answer.offered;
      this.freshAt = answer.freshAt;
      this.trouble = answer.trouble;
    } catch (thrown) {
      if (turn !== this.#turn) return;
      this.trouble = troubleOf(thrown);
    }
    this.read = true;
  }

  /** Asks the portal anew; what is here stays when it cannot be reached. */
  async refresh() {
    await bridge.commands.refreshFact(this.#kind);
    await this.load();
  }

  forget() {
    this.#turn += 1;
    this.is = null;
    this.offered = null;
    this.freshAt = null;
    this.trouble = null;
    this.read = false;
  }
}

export const ownDetails = new Told('ownDetails');
export const childDetails = new Told('children');
export const consents = new Told('consents');
export const observations = new Told('observations');
export const portalNotices = new Told('notices');

const ALL = [ownDetails, childDetails, consents, observations, portalNotices];

/** Reads again what somebody looked at. */
export const loadFacts = () => Promise.all(ALL.map((told) => (told.read ? told.load() : null)));

export const forgetFacts = () => ALL.forEach((told) => told.forget());
