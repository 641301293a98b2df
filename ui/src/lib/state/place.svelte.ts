import type {
  AppError,
  AttachedCount,
  FactKind,
  InfoPageTitle,
  Places,
  TeamMember,
} from '$lib/bindings';
import { ask, bridge, troubleOf } from '$lib/bridge';

const KINDS: FactKind[] = [{ fact: 'places' }, { fact: 'team' }, { fact: 'pages' }];
/** Which news items that is about, is for the portal to say. */
const NEWS: FactKind = { fact: 'newsAbout', id: [] };

class Place {
  places = $state.raw<Places | null>(null);
  team = $state.raw<TeamMember[]>([]);
  pages = $state.raw<InfoPageTitle[]>([]);
  about = $state.raw<AttachedCount[]>([]);
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
    for (const kind of [...KINDS, NEWS]) {
      try {
        const answer = await ask(bridge.commands.fact(kind));
        if (turn !== this.#turn) return;
        if (kind.fact === 'places') this.offered = answer.offered;
        trouble ??= answer.trouble;
        const { fact } = answer;
        if (fact?.fact === 'places') this.places = fact.is;
        if (fact?.fact === 'team') this.team = fact.is;
        if (fact?.fact === 'pages') this.pages = fact.is;
        if (fact?.fact === 'newsAbout') this.about = fact.is;
      } catch (thrown) {
        if (turn !== this.#turn) return;
        trouble = troubleOf(thrown);
      }
    }
    this.trouble = trouble;
    this.read = true;
  }

  /** How many files come with a news item, as far as that is known. */
  filesOf(article: string | undefined): number {
    return this.about.find(({ id }) => id === article)?.files ?? 0;
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
    this.about = [];
    this.offered = null;
    this.trouble = null;
    this.read = false;
  }
}

/** Where the children go: the organisation, its locations, who works there, and its pages. */
export const place = new Place();
