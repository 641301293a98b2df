/** Counts what changed in the planning, for whoever shows some of it. */
class AgendaChanges {
  count = $state(0);

  changed() {
    this.count += 1;
  }
}

export const agenda = new AgendaChanges();
