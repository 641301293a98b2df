import SaveAllDialog from '$lib/bewaren/SaveAllDialog.svelte';
import ConversationList from '$lib/berichten/ConversationList.svelte';
import { useTransport } from '$lib/bridge';
import { fixture, type Scene } from '$lib/bridge/fixture';
import Timeline from '$lib/mijn-kind/Timeline.svelte';
import { conversations } from '$lib/state/conversations.svelte';
import { search } from '$lib/state/search.svelte';
import { session } from '$lib/state/session.svelte';
import { start } from '$lib/state/start';
import { sync } from '$lib/state/sync.svelte';
import { timeline } from '$lib/state/timeline.svelte';
import Search from '$lib/zoeken/Search.svelte';
import { cleanup, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';

let stop = () => {};

afterEach(() => {
  cleanup();
  stop();
  for (const one of [sync, timeline, conversations, search]) one.forget();
});

async function begin(scene: Scene) {
  useTransport(fixture(scene));
  stop = await start();
  await vi.waitFor(() => expect(sync.status).not.toBeNull());
  await vi.waitFor(() => expect(conversations.read).toBe(true));
  while (!timeline.ends) await timeline.more();
  while (!conversations.ends) await conversations.more();
}

const screens: [string, () => void][] = [
  ['held-back-end', () => render(Timeline, { top: 0 })],
  ['held-back-messages', () => render(ConversationList, { current: null, heading: true })],
  ['held-back-search', () => render(Search)],
  ['save-incomplete', () => render(SaveAllDialog, { open: true })],
];

describe('what a metered network holds back', () => {
  it.each(screens)('is told where it is missed, and fetched anyway: %s', async (testid, show) => {
    await begin('metered');
    show();
    expect(await screen.findByTestId(testid)).toHaveTextContent(/[Nn]iet alles/);
    await userEvent.click(screen.getByTestId(`${testid}-all`));
    await waitFor(() => expect(session.overview?.settings.allOnMetered).toBe(true));
    // What waits no more is asked for no more.
    await sync.load();
    await waitFor(() => expect(screen.queryByTestId(`${testid}-all`)).toBeNull());
  });

  it.each(screens)('is not spoken of where all is here: %s', async (testid, show) => {
    await begin('family');
    show();
    await waitFor(() => expect(screen.queryByTestId(testid)).toBeNull());
  });
});
