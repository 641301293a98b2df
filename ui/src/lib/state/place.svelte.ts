import type { AppError, FactKind, InfoPageTitle, Places, TeamMember } from '$lib/bindings';
import { ask, bridge, troubleOf } from '$lib/bridge';

const KINDS: FactKind[] = [{ fact: 'places' }, { fact: 'team' }, { fact: 'pages' }];

class Place {
  places = $state.raw<Places | null>(null);
  team = $state.raw<TeamMember[]>([]);
  pages = $state.raw<InfoPageTitle[]>([]);
  /** Whether the portal tells where it is; nothing while that is not known. */
  offered = $state<boolean | null>(null);
  /** Why something of it could not be read, from here or from the portal. */
  trouble = $state.raw<AppError | null>(null);
  /** Whether it was read from this device. */
  read = $state(false);
  #turn = 0;

  async load() {
    const turn = ++this.#turn;
    let trouble: AppError | null = null;
    for (const kind of KINDS) {
      try {
        const answer = await ask(bridge.commands.fact(kind));
        if (turn !== this.#turn) return;
        if (kind.fact === 'places') this.offered = answer.offered;
        trouble ??= answer.trouble;
        const { fact } = answer;
        if (fact?.fact === 'places') this.places = fact.is;
        if (fact?.fact === 'team') this.team = fact.is;
        if (fact?.fact === 'pages') this.pages = fact.is;
      } catch (thrown) {
        if (turn !== this.#turn) return;
        trouble = troubleOf(thrown);
      }
    }
    this.trouble = trouble;
    this.read = true;
  }

  /** Asks the portal anew for what it offers. */
  async refresh() {
    for (const kind of KINDS) await bridge.commands.refreshFact(kind);
    await this.load();
  }

  forget() {
    this.#turn += 1;
    this.places = null;
    this.team = [];
    this.pages = [];
    this.offered = null;
    this.trouble = null;
    this.read = false;
  }
}

/** Where the children go: the organisation, its locations, who works there, and its pages. */
export const place = new Place();
