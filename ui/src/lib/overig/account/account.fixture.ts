import type { Fact } from '$lib/bindings';
import { useTransport } from '$lib/bridge';
import { fixture, trouble, type Fixture, type Scene } from '$lib/bridge/fixture';
import { detailsForms } from '$lib/state/details-form.svelte';
import { forgetFacts } from '$lib/state/facts.svelte';
import { notice } from '$lib/state/notice.svelte';
import { session } from '$lib/state/session.svelte';
import { start } from '$lib/state/start';
import { sync } from '$lib/state/sync.svelte';
import { cleanup } from '@testing-library/svelte';
import axe from 'axe-core';
import { tick } from 'svelte';
import { afterEach, vi } from 'vitest';

let stop = () => {};

export async function open(scene: Scene): Promise<Fixture> {
  const host = fixture(scene);
  useTransport(host);
  stop = await start();
  return host;
}

export async function faults(within: Element = document.body) {
  const rules = { 'color-contrast': { enabled: false }, region: { enabled: false } };
  const { violations } = await axe.run(within, { rules });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
}

type Facts = { [K in Fact['fact']]: Extract<Fact, { fact: K }>['is'] };

/** Lets the portal tell one piece otherwise from now on. */
export function alter<K extends Fact['fact']>(
  host: Fixture,
  which: K,
  how: (is: Facts[K]) => void,
) {
  const read = host.commands.fact;
  vi.spyOn(host.commands, 'fact').mockImplementation(async (kind) => {
    const answer = await read(kind);
    if (answer.status !== 'ok' || answer.data.fact?.fact !== which) return answer;
    const fact = structuredClone(answer.data.fact);
    how(fact.is as Facts[K]);
    return { status: 'ok', data: { ...answer.data, fact } };
  });
}

export const ENDED = 'Dit account is gestopt: hier kun je niets meer veranderen.';

/** The account in use becomes an archive while the screen is open. */
export async function end() {
  const overview = session.overview;
  if (!overview?.account) throw new Error('nobody is signed in');
  session.overview = { ...overview, account: { ...overview.account, session: 'ended' } };
  await tick();
}

export const at = '2026-03-02T09:00:00Z';

export const late = () =>
  Promise.resolve({ status: 'error' as const, error: trouble('changedMeanwhile') });

afterEach(() => {
  cleanup();
  stop();
  sync.forget();
  forgetFacts();
  detailsForms.discard();
  notice.close();
});
