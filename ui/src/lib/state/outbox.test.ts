import type { WriteState } from '$lib/bindings';
import { useTransport } from '$lib/bridge';
import { fixture } from '$lib/bridge/fixture';
import { describe, expect, it } from 'vitest';
import { notice } from './notice.svelte';
import { outbox } from './outbox.svelte';

describe('what became of a write', () => {
  it.each([
    ['w2', 'refused', 'geweigerd wat je schreef. Kijk bij Mijn kind.'],
    ['w2', 'unconfirmed', 'onzeker of alles is aangekomen. Kijk bij Mijn kind.'],
    ['w1', 'refused', 'geweigerd wat je schreef. Kijk bij Berichten.'],
  ] as [string, WriteState, string][])(
    'is told with where it stands: %s %s',
    async (id, state, words) => {
      const host = fixture('outbox');
      useTransport(host);
      outbox.forget();
      await outbox.load();
      const { outbox: all } = host.commands;
      host.commands.outbox = async () => {
        const answer = await all();
        if (answer.status === 'error') return answer;
        const data = answer.data.map((write) => (write.id === id ? { ...write, state } : write));
        return { status: 'ok', data };
      };
      await outbox.load();
      expect(notice.text).toContain(words);
    },
  );
});
