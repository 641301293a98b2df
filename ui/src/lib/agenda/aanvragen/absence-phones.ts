import type { AbsenceForm, GroupPhone } from '$lib/bindings';
import { agenda } from '$lib/state/agenda.svelte';
import { children } from '$lib/state/children.svelte';

/** The groups to call about an absence; every group where it cannot be told which. */
export function phonesFor(form: AbsenceForm | null): GroupPhone[] {
  const all = agenda.state?.offers.rules?.groups ?? [];
  const ids = form?.lines.map(({ child }) => child) ?? [];
  const groups = children.all
    .filter(({ child }) => ids.includes(child.id))
    .flatMap(({ child }) => child.groups);
  const some = all.filter(({ group }) => groups.includes(group));
  return some.length > 0 ? some : all;
}
