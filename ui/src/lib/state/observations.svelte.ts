import { Told } from './facts.svelte';

class OpenForm {
  /** What is here of it; nothing while none is open. */
  told = $state.raw<Told<'observation'> | null>(null);

  /** Shows what is here, and when nothing is, what the portal has. */
  async open(id: string) {
    const told = new Told({ fact: 'observation', id });
    this.told = told;
    await told.load();
    if (!told.is) await told.refresh();
  }

  async load() {
    await this.told?.load();
  }

  forget() {
    this.told?.forget();
    this.told = null;
  }
}

/** The observation on screen. */
export const openForm = new OpenForm();
