import { useTransport } from '$lib/bridge';
import { fixture } from '$lib/bridge/fixture';
import { saves } from '$lib/state/saves.svelte';
import { session } from '$lib/state/session.svelte';
import { start, startOver, switchTo } from '$lib/state/start';
import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import SavePanel from './SavePanel.svelte';

let stop = () => {};

afterEach(() => stop());

/** A save of everything of the first account, which the parent stopped half way. */
async function stoppedHalfWay() {
  const host = fixture('two-accounts');
  useTransport(host);
  stop = await start();
  const id = await saves.start({ what: 'range', children: [], from: null, until: null }, 'both');
  await saves.cancel(id ?? 0);
  render(SavePanel);
  return { host, user: userEvent.setup() };
}

it('a save that goes on after a switch is still of the account it was of', async () => {
  const { host, user } = await stoppedHalfWay();
  const [save, saveFor] = [vi.spyOn(host.commands, 'save'), vi.spyOn(host.commands, 'saveFor')];
  await switchTo('b');
  expect(session.account?.id).toBe('b');
  await user.click(screen.getByTestId('save-again'));
  expect(save).not.toHaveBeenCalled();
  expect(saveFor).toHaveBeenCalledExactlyOnceWith(
    'a',
    { what: 'range', children: [], from: null, until: null },
    null,
  );
  expect(saves.jobs.at(-1)?.account).toBe('a');
});

it('nothing of a save stays on screen once its account is signed out', async () => {
  const { host } = await stoppedHalfWay();
  expect(screen.getByTestId('save-job')).toBeInTheDocument();
  await host.commands.signOut('a', true);
  await startOver();
  await vi.waitFor(() => expect(screen.queryByTestId('save-job')).toBeNull());
});
