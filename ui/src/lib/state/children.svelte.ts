import type { Child, ChildSummary, MediaId } from '$lib/bindings';
import { bridge } from '$lib/bridge';
import { timeline } from './timeline.svelte';

class Children {
  all = $state.raw<ChildSummary[]>([]);
  read = $state(false);

  async load() {
    const answer = await bridge.commands.children();
    if (answer.status === 'error') return;
    this.all = answer.data;
    this.read = true;
  }

  forget() {
    this.all = [];
    this.read = false;
  }

  /** Whether nobody is at the nursery (any more): there is no one to write about. */
  get noneAttends(): boolean {
    return this.read && !this.all.some(({ child }) => child.attends);
  }

  /** Faces as they stand on cards: the portal does not always show them with the child. */
  #onCards = $derived(
    new Map(
      timeline.cards
        .flatMap((card) => card.children)
        .flatMap(({ id, avatar }) => (avatar ? [[id, avatar]] : [])),
    ),
  );

  /** The picture of a child, where there is one. */
  faceOf(child: Child): MediaId | null {
    return child.avatar ?? this.#onCards.get(child.id) ?? null;
  }

  /** What these children are called, those we know. */
  namesOf(ids: string[]): string[] {
    return ids.flatMap(
      (id) => this.all.find(({ child }) => child.id === id)?.child.firstName ?? [],
    );
  }
}

/** The parent's children, attending or no longer. */
export const children = new Children();
