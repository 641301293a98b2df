import type { SaveJob } from '$lib/bindings';
import { amount, things, type Saved } from '$lib/language/amounts';
import * as m from '$lib/paraglide/messages';

/** How a save went, a line each: saved, there already, not allowed and why, failed. */
export function resultLines(job: SaveJob, content: Saved): string[] {
  const lines: string[] = [];
  const say = (count: number, words: typeof m.already_count) => {
    if (count > 0) lines.push(words({ count, shown: amount(count) }));
  };
  if (job.saved > 0) lines.push(m.saved_count({ things: things(job.saved, content) }));
  say(job.reduced, m.reduced_count);
  say(job.already, m.already_count);
  say(job.refused.length, m.refused_count);
  say(job.failed, m.failed_count);
  if (job.state === 'cancelled') lines.push(m.save_cancelled());
  if (lines.length === 0 && job.state === 'done') lines.push(m.save_nothing());
  return lines;
}

/** Why photos may not be saved, each reason once with how many it concerns. */
export function refusals(job: SaveJob, content: Saved): string[] {
  const counts = new Map<string, number>();
  for (const { reason } of job.refused) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].map(([reason, count]) =>
    m.refused_group({ reason, things: things(count, content) }),
  );
}
