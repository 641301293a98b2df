import { goto } from '$app/navigation';
import { useTransport } from '$lib/bridge';
import { fixture, type Fixture } from '$lib/bridge/fixture';
import { waitFor } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { goWhereAsked } from './opened';
import { session } from './session.svelte';
import { start } from './start';

let host: Fixture;
let stops: (() => void)[] = [];

beforeEach(async () => {
  vi.mocked(goto).mockClear();
  host = fixture('two-accounts');
  useTransport(host);
  stops = [await start()];
});
afterEach(() => stops.forEach((stop) => stop()));

const went = (path: string) => waitFor(() => expect(goto).toHaveBeenLastCalledWith(path));

describe('a notification that is clicked', () => {
  it('opens exactly what it is about', async () => {
    stops.push(goWhereAsked());
    host.opened({ what: 'conversation', account: 'a', id: 'c/zwem' });
    await went('/berichten/c%2Fzwem');
    host.opened({ what: 'card', account: 'a', id: 'report-2026-03-14' });
    await went('/mijn-kind/report-2026-03-14');
    host.opened({ what: 'conversations', account: 'a' });
    await went('/berichten');
    host.opened({ what: 'timeline', account: 'a' });
    await went('/mijn-kind');
    host.opened({ what: 'requests', account: 'a' });
    await went('/agenda/aanvragen');
    host.opened({ what: 'consents', account: 'a', child: 'noortje' });
    await went('/overig/account/noortje');
    host.opened({ what: 'consents', account: 'a', child: null });
    await went('/overig/account');
    host.opened({ what: 'observation', account: 'a', id: 'o/1' });
    await went('/overig/observaties/o%2F1');
    host.opened({ what: 'observations', account: 'a' });
    await went('/overig/observaties');
  });

  it('does so also when the app was started by it', async () => {
    host.commands.takeOpened = () =>
      Promise.resolve({ status: 'ok', data: { what: 'conversation', account: 'a', id: 'c-zwem' } });
    stops.push(goWhereAsked());
    await went('/berichten/c-zwem');
  });

  it('uses the account it is about first', async () => {
    stops.push(goWhereAsked());
    host.opened({ what: 'conversation', account: 'b', id: 'c-zwem' });
    await went('/berichten/c-zwem');
    expect(session.account?.id).toBe('b');
  });
});
