import type { AppError, Document, DocumentId, DocumentKind } from '$lib/bindings';
import { ask, bridge, troubleOf } from '$lib/bridge';
import { saves } from './saves.svelte';

class Documents {
  all = $state.raw<Document[]>([]);
  /** Whether they have been read from this device yet. */
  read = $state(false);
  freshAt = $state<string | null>(null);
  /** Why they could not be read from this device. */
  trouble = $state.raw<AppError | null>(null);
  /** Only these; nothing is every kind. */
  kind = $state<DocumentKind | null>(null);
  /** The document that is on its way to another program. */
  opening = $state<DocumentId | null>(null);
  /** Why a document could not be opened. */
  refusals = $state.raw<Record<DocumentId, AppError>>({});

  #asking = $state(false);
  #busy = $state(false);
  #fetchTrouble = $state.raw<AppError | null>(null);
  #failed = $state.raw<AppError | null>(null);
  #turn = 0;

  /** What went wrong with fetching last, until it goes right again. */
  get fetchTrouble(): AppError | null {
    return this.#fetchTrouble ?? this.#failed;
  }

  get busy(): boolean {
    return this.#asking || this.#busy;
  }

  /** The documents of the chosen kind, newest first. */
  get shown(): Document[] {
    return this.all.filter(({ kind }) => this.kind === null || kind === this.kind);
  }

  async load() {
    const turn = ++this.#turn;
    try {
      const known = await ask(bridge.commands.documents(null, null));
      if (turn !== this.#turn) return;
      this.all = known.documents;
      this.freshAt = known.freshAt;
      this.#busy = known.busy;
      this.#fetchTrouble = known.trouble;
      this.trouble = null;
    } catch (thrown) {
      if (turn !== this.#turn) return;
      this.trouble = troubleOf(thrown);
    }
    this.read = true;
  }

  /** "Herladen": fetches the newest. */
  async reload() {
    if (this.#asking) return;
    this.#asking = true;
    this.#failed = await ask(bridge.commands.refreshDocuments()).then(
      () => null,
      (thrown: unknown) => troubleOf(thrown),
    );
    this.#asking = false;
    await this.load();
  }

  async open(id: DocumentId) {
    if (this.opening !== null) return;
    this.opening = id;
    this.refusals = Object.fromEntries(
      Object.entries(this.refusals).filter(([refused]) => refused !== id),
    );
    try {
      await ask(bridge.commands.openDocument(id));
    } catch (thrown) {
      this.refusals = { ...this.refusals, [id]: troubleOf(thrown) };
    }
    this.opening = null;
  }

  // Without a folder the app gives documents one of their own.
  save(id: DocumentId) {
    return saves.start({ what: 'documents', ids: [id] }, 'documents', null);
  }

  /** What is shown, of one year or of all. */
  saveAll(year: number | null) {
    return saves.start({ what: 'allDocuments', kind: this.kind, year }, 'documents', null);
  }

  forget() {
    this.#turn += 1;
    this.all = [];
    this.read = false;
    this.freshAt = null;
    this.trouble = null;
    this.kind = null;
    this.opening = null;
    this.refusals = {};
    this.#asking = false;
    this.#busy = false;
    this.#fetchTrouble = null;
    this.#failed = null;
  }
}

/** Invoices, annual statements, contracts and other documents. */
export const documents = new Documents();
